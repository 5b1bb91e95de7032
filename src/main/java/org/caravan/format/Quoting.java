package org.caravan.format;

/** Which fields of a CSV file stand in quotes. NULL never does. */
public enum Quoting {
    /**
     * Text that needs it (with a delimiter, quote or line break), and text that some readers take for something else: empty,
     * with white space at an end, or beginning with a backslash, a hash or the byte of a byte order mark.
     */
    MINIMAL,
    /** All fields but NULL. */
    ALL,
    /** All fields but numbers and NULL. */
    NON_NUMERIC,
    /** None. What would need quotes is escaped if there is an escape character, and refused if not. */
    NONE
}
