package org.caravan.source.postgres;

import org.caravan.schema.Vector;

/**
 * Decodes the usual values of one column from PostgreSQL's text form. A cell never refuses, and never changes a value: what it
 * does not know to be plain it leaves to the reader of result sets, which both paths share. Not thread-safe.
 */
interface Cell {
    /** Leaves every value to the other reader. */
    Cell NONE = (data, from, to, vector, row) -> false;

    /**
     * Stores a value that is not NULL into a row of the vector.
     *
     * @return false, with the vector unchanged, if the value is left to the other reader
     */
    boolean decode(byte[] data, int from, int to, Vector vector, int row);
}
