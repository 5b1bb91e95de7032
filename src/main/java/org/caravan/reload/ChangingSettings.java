package org.caravan.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings that stand in files, and are read anew when these change. One thread asks. */
public interface ChangingSettings {
    /** The files that the settings are read from, whether they are there or not. */
    List<Path> files();

    /** The files that were not there at the start: they are not followed, but the next start would read them. */
    default List<Path> absent() {
        return List.of();
    }

    /** Reads the files as they are now, and checks everything in them. Nothing comes into force. */
    Reading read();

    /** The settings in force, with the values that were read last of these keys. */
    Reloader.Settings with(Set<String> keys);

    /**
     * Puts the values that were read last of these keys in force.
     *
     * @return puts back those that were in force before
     */
    Runnable adopt(Set<String> keys);

    /** What reading the files gave. */
    sealed interface Reading {
        /**
         * Nothing is wrong with them.
         *
         * @param changed the keys that may change while runs are under way, and whose values are others than those in force
         * @param later the keys whose new values can only be in force from the next start on
         */
        record Good(Set<String> changed, Set<String> later) implements Reading {
            public Good {
                changed = Set.copyOf(changed);
                later = Set.copyOf(later);
            }
        }

        /** Something is wrong with them. */
        record Bad(List<Wrong> wrong) implements Reading {
            public Bad {
                wrong = List.copyOf(wrong);
            }
        }
    }

    /**
     * What is wrong with a setting.
     *
     * @param file where it stands, if it stands in a file
     */
    record Wrong(Optional<Path> file, Problem problem) {}
}
