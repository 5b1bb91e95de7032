package org.caravan.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** A time as it was taken; immutable. */
record Taken(String owner, String state, String host, long pid, Instant taken) {
    static Taken of(ResultSet row) throws SQLException {
        return new Taken(
                row.getString("owner"),
                row.getString("state"),
                row.getString("host"),
                row.getLong("pid"),
                Columns.instant(row, "taken"));
    }
}
