package org.caravan.source.postgres;

import java.sql.ResultSet;
import org.caravan.schema.Vector;

/** Reads one value of a result set's current row, as the path through result sets does, with its rules and its refusals. */
@FunctionalInterface
public interface CellReader {
    /**
     * Reads a value into a row of the vector.
     *
     * @param column the column's index, from 0
     * @param rowNumber the row's number in the whole result, from 1, for messages
     * @throws org.caravan.ledger.CaravanException if the value cannot be carried
     */
    void read(ResultSet rows, int column, Vector vector, int row, long rowNumber);
}
