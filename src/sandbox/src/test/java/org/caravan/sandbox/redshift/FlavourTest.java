package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlavourTest {
    @TempDir
    private static Path directory;

    @Test
    void serverlessHidesTheSystemTablesOfClusters() throws Exception {
        try (TestCluster cluster = new TestCluster(directory, Flavour.SERVERLESS);
                Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            for (String table :
                    List.of("stl_load_errors", "stl_load_commits", "stv_locks", "stv_slices", "STV_SESSIONS")) {
                assertThatThrownBy(() -> statement.execute("select * from " + table))
                        .isInstanceOfSatisfying(SQLException.class, e -> {
                            assertThat(e.getSQLState()).isEqualTo("42501");
                            assertThat(e.getMessage())
                                    .contains("permission denied for relation "
                                            + table.toLowerCase(java.util.Locale.ROOT));
                        });
            }
            assertThat(TestCluster.rows(statement, "select count(*) from sys_load_history"))
                    .containsExactly("0");
            statement.execute("create table t (id int, n int)");
            statement.execute("insert into t values (1, 1), (2, 2)");
            try (Connection other = cluster.connect();
                    Statement second = other.createStatement()) {
                statement.execute("begin");
                statement.execute("select * from t");
                second.execute("update t set n = 3 where id = 2");
                // Its default isolation is SNAPSHOT, which refuses the same rows only.
                statement.execute("update t set n = 3 where id = 1");
                statement.execute("commit");
            }
        }
    }

    @Test
    void refusesAFlavourThatThereIsNot() {
        assertThatThrownBy(() -> Flavour.of("spectrum"))
                .hasMessageContaining("provisioned or serverless, not 'spectrum'");
    }
}
