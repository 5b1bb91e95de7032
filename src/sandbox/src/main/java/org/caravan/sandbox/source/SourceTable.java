package org.caravan.sandbox.source;

import java.io.IOException;

/**
 * A table of the source database, and how its rows come about.
 *
 * @param name the table's name
 * @param columns the column list of its {@code CREATE TABLE}
 * @param key the columns of its primary key
 * @param parts in how many parts it is loaded
 * @param rows writes the rows of one part
 */
record SourceTable(String name, String columns, String key, int parts, Rows rows) {
    /** Writes rows; the same rows every time. */
    @FunctionalInterface
    interface Rows {
        /** Writes the rows of part {@code part} (1 to {@code parts}); thread-safe between parts. */
        void write(CopyText out, int part, int parts) throws IOException;
    }

    String ddl() {
        return "create table " + name + " (" + columns + ")";
    }
}
