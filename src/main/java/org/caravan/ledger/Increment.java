package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/**
 * The part of a source that a run reads; immutable.
 *
 * @param name what the bounds are of: the mark's name
 * @param column the column of the result that they are of, if it is one
 * @param type the type of the bounds, such as {@code timestamptz}
 * @param low what is read is not below it
 * @param high what is read is below it; the mark, once the run is published and verified
 * @param overlap whether rows may be read that a run before has published
 * @param modes by which modes the run may be published
 */
public record Increment(
        String name, Optional<String> column, String type, String low, String high, Overlap overlap, Modes modes) {
    public Increment {
        requireNonNull(name, "name");
        requireNonNull(column, "column");
        requireNonNull(type, "type");
        requireNonNull(low, "low");
        requireNonNull(high, "high");
        requireNonNull(overlap, "overlap");
        requireNonNull(modes, "modes");
    }

    /** Whether an increment repeats rows of the one before. */
    public enum Overlap {
        NONE,
        SOME;

        /** The name as the ledger keeps it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By which modes an increment may be published. */
    public enum Modes {
        /** By those which neither repeat rows nor lose any. */
        SAFE,
        ANY;

        /** The name as routes and the ledger say it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far the source is read once the run is published. */
    public Mark mark() {
        return new Mark(name, type, high);
    }
}
