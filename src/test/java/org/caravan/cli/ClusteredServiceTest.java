package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.caravan.PrivatePostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with its schedules on the ledger's PostgreSQL. */
class ClusteredServiceTest {
    private static final String ROUTE =
            """
            - route:
                id: ticks
                from:
                  uri: quartz:caravan/ticks
                  parameters: { cron: "* * * * * ?", trigger.timeZone: UTC, stateful: true }
                  steps:
                    - setBody: { constant: x }
            """;

    @TempDir
    private Path directory;

    @Test
    void keepsJobsAndTriggersOfQuartzRoutesInTheLedgersDatabase() throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(routes.resolve("ticks.camel.yaml"), ROUTE);
        try (EmbeddedPostgres server = server()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            CommandLineCall call = start(routes, "ledger.url=" + url);

            assertThat(call.err()).isEmpty();
            assertThat(count(url, "SELECT COUNT(*) FROM qrtz_triggers WHERE trigger_type = 'CARAVAN'"))
                    .isEqualTo(1);
            assertThat(count(url, "SELECT COUNT(*) FROM caravan_fire WHERE pipeline = 'ticks' AND state = 'done'"))
                    .isPositive();
        }
    }

    @Test
    void needsALedgerThatNodesCanShare() throws IOException {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(routes.resolve("ticks.camel.yaml"), ROUTE);

        CommandLineCall call = start(routes, "");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains("schedule.clustered=true needs a ledger that several nodes share: set ledger.url");
    }

    private CommandLineCall start(Path routes, String ledger) throws IOException {
        Path config = Files.writeString(
                directory.resolve("settings.properties"),
                CommandLineCall.SETTINGS + ledger
                        + "\nschedule.clustered=true\nobserve.port=0\ncamel.main.duration-max-seconds=8\n");
        return CommandLineCall.of("start", "--routes", routes.toString(), "--config", config.toString());
    }

    private EmbeddedPostgres server() throws IOException {
        return PrivatePostgres.in(directory).start();
    }

    private static long count(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
