package org.caravan.source.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What PostgreSQL's catalogue says of a table, as far as its rows can be told apart by the pages that they lie in; immutable.
 *
 * @param obstacle why they cannot
 * @param pages how many there are
 */
record PagedTable(Optional<String> obstacle, long pages) {
    private static final String CATALOGUE =
            """
            SELECT c.relkind, c.relpersistence, coalesce(a.amname, 'heap'),
                   EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i WHERE i.inhparent = c.oid),
                   CASE WHEN c.relkind IN ('r', 'm')
                        THEN pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::bigint ELSE 0 END
              FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
             WHERE c.oid = pg_catalog.to_regclass(?::text)""";

    /** Asks for the table of a query. */
    static PagedTable of(Connection connection, PlainSelect select) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CATALOGUE)) {
            statement.setString(1, select.table());
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return new PagedTable(Optional.of(select.table() + " is no table"), 0);
                }
                return new PagedTable(obstacle(rows, select), rows.getLong(5));
            }
        }
    }

    private static Optional<String> obstacle(ResultSet row, PlainSelect select) throws SQLException {
        String kind = row.getString(1);
        if (!kind.equals("r") && !kind.equals("m")) {
            return Optional.of(select.table() + " is " + kind(kind) + ", not an ordinary table");
        }
        if (row.getString(2).equals("t")) {
            return Optional.of(select.table() + " is a temporary table, which no other connection sees");
        }
        if (!row.getString(3).equals("heap")) {
            return Optional.of(select.table() + " is stored by the access method " + row.getString(3));
        }
        return row.getBoolean(4) && !select.only()
                ? Optional.of("other tables inherit from " + select.table())
                : Optional.empty();
    }

    private static String kind(String relkind) {
        return switch (relkind) {
            case "v" -> "a view";
            case "p" -> "a partitioned table";
            case "f" -> "a foreign table";
            default -> "of kind '" + relkind + "'";
        };
    }
}
