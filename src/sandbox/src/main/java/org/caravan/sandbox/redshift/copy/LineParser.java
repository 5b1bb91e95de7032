package org.caravan.sandbox.redshift.copy;

/** Takes one row apart; one implementation for each format of lines. Used by one thread. */
interface LineParser {
    /** The answer of {@link #parse} when the row goes on behind the limit. */
    int MORE = -1;

    /**
     * Takes the row apart that begins at {@code from}.
     *
     * @param ended whether nothing comes after {@code to}
     * @return where the next row begins, or {@link #MORE}
     * @throws BadValue if it is no row; {@link #failedAt} then tells where the parser gave up
     */
    int parse(byte[] bytes, int from, int to, boolean ended, Fields row) throws BadValue;

    int failedAt();
}
