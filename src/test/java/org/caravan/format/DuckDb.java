package org.caravan.format;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Parquet reader of another make; every value comes as DuckDB's text, NULL as an empty optional. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'Asia/Tokyo'");
        }
    }

    /** Rows of a query in which {@code $file} stands for the file. */
    List<List<Optional<String>>> query(Path file, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("$file", "'" + file + "'"))) {
            List<List<Optional<String>>> rows = new ArrayList<>();
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Optional<String>> row = new ArrayList<>(width);
                for (int column = 1; column <= width; column++) {
                    row.add(Optional.ofNullable(result.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** One column of a query. */
    List<Optional<String>> column(Path file, String sql) throws SQLException {
        return query(file, sql).stream().map(row -> row.get(0)).toList();
    }

    /** One value of a query. */
    String value(Path file, String sql) throws SQLException {
        return query(file, sql).get(0).get(0).orElse("NULL");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
