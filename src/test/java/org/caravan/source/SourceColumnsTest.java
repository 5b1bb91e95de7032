package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.caravan.schema.SourceColumn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceColumnsTest {
    private Connection duckDb;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        duckDb.close();
    }

    @Test
    void describesAQueryWithoutRunningIt() throws SQLException {
        List<SourceColumn> columns = SourceColumns.describe(
                duckDb,
                "SELECT 1::DECIMAL(12,2) AS \"Amount\", error('it ran')::VARCHAR AS \"home town\"",
                ColumnOverrides.parse(Map.of("home town.rename", "town"), "amount.type=bigint"));

        assertThat(columns)
                .extracting(column -> column.name() + " " + column.column().name() + " "
                        + column.column().type())
                .containsExactly("Amount amount bigint", "home town town text(65535 bytes)");
    }

    @Test
    void asksBySqlWhereTheDriverDescribesNoStatement() throws SQLException {
        Connection mute = new Spied()
                .wrap(Connection.class, duckDb, Map.of("prepareStatement", new SQLException("no parameter 1")));

        assertThat(SourceColumns.describe(
                        mute,
                        "SELECT 1::BIGINT AS n, error('it ran')::VARCHAR AS t -- a comment",
                        ColumnOverrides.NONE))
                .extracting(column -> column.column().type().toString())
                .containsExactly("bigint", "text(65535 bytes)");
    }

    @Test
    void tellsTheDatabasesFirstComplaint() {
        assertThatThrownBy(() -> SourceColumns.describe(duckDb, "SELECT nothing FROM nowhere", ColumnOverrides.NONE))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void givesAllProblems() {
        assertThatThrownBy(() -> SourceColumns.describe(
                        duckDb,
                        "SELECT INTERVAL 1 DAY AS gap, TIME '10:00:00' AS at",
                        ColumnOverrides.parse(Map.of(), "gpa.type=text")))
                .hasMessageContaining("column 1 'gap': type interval")
                .hasMessageContaining("column 2 'at': type time")
                .hasMessageContaining("it has 'gap', 'at'");
    }
}
