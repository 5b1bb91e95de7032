package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source database that is killed in the middle of a read, and comes back where it was with its rows. */
class SourceReturnTest {
    @TempDir
    static Path root;

    @Test
    void keepsItsRows() throws Exception {
        SandboxDirectory directory = new SandboxDirectory(root);
        try (HostCommand sandbox =
                HostCommand.start(directory, "up", "--foreground", "--only", "source", "--scale", "0.01")) {
            Map<?, ?> source = (Map<?, ?>) sandbox.awaitReady().get("source");
            try (Connection connection = connect(source);
                    Statement statement = connection.createStatement()) {
                long rows = count(statement);
                assertThat(rows).isPositive();
                connection.setAutoCommit(false);
                statement.setFetchSize(10);
                ResultSet read = statement.executeQuery("select * from lineitem");
                assertThat(read.next()).isTrue();

                HostCommand.Result kill = HostCommand.run(directory, "kill", "source");

                assertThat(kill.exitCode()).as(kill.err()).isZero();
                assertThatThrownBy(() -> {
                            while (read.next()) {
                                // the rows that had arrived
                            }
                        })
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> connect(source)).isInstanceOf(SQLException.class);

                HostCommand.Result restart = HostCommand.run(directory, "restart", "source");

                assertThat(restart.exitCode()).as(restart.err()).isZero();
                try (Connection again = connect(source);
                        Statement asked = again.createStatement()) {
                    assertThat(count(asked)).isEqualTo(rows);
                }
            } finally {
                HostCommand.run(directory, "down");
            }
        }
    }

    private static Connection connect(Map<?, ?> source) throws SQLException {
        return DriverManager.getConnection(
                source.get("url").toString(),
                source.get("user").toString(),
                source.get("password").toString());
    }

    private static long count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from lineitem")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
