package org.caravan.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One way to carry a data set's rows.
 *
 * @param id what {@code --only} takes
 * @param title what tables and charts show
 * @param settings the heap and the like, as tables show them
 * @param data the name of the data set
 * @param role whether others are measured by it
 * @param launch how it is started
 */
record Contender(String id, String title, String settings, String data, Role role, Launch launch) {
    /** What a contender is in the comparison. */
    enum Role {
        /** Others' times are given as multiples of its own. Reads rows and writes none. */
        LIMIT,
        /** Reads rows and writes none. */
        READER,
        /** Writes files, whose rows are counted. */
        WRITER
    }

    /** Starts a contender. */
    @FunctionalInterface
    interface Launch {
        /** The process to start; it writes its files to the directory, which exists and is empty. */
        Invocation of(Site site, Dataset data, Path directory) throws IOException;

        /** Why it cannot be started here, if it cannot. */
        default Optional<String> obstacle(Site site) {
            return Optional.empty();
        }

        /** Where its files are afterwards. */
        default Path output(Site site, Path directory) {
            return directory;
        }
    }
}
