package org.caravan.settings;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with a value; immutable.
 *
 * @param wrong what the value is not, in a few words
 * @param mend what to write instead
 */
record Mistake(String wrong, String mend) {
    Mistake {
        requireNonNull(wrong, "wrong");
        requireNonNull(mend, "mend");
    }
}
