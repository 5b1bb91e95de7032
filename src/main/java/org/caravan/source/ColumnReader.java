package org.caravan.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.caravan.schema.Vector;

/** Reads one column of the current row of a result set into a vector, by the typed getter for its type. */
@FunctionalInterface
interface ColumnReader {
    /**
     * Reads the column's value of the current row into a row of the vector.
     *
     * @throws ValueException if the value cannot be carried unchanged
     */
    void read(ResultSet rows, Vector vector, int row) throws SQLException;
}
