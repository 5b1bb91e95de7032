package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may log in, and how: the real Redshift driver, other users, other clients of the protocol. */
@ExtendWith(SharedRedshift.class)
class StandInSessionTest {
    private static Connection login(String url, String user, String password, String... properties)
            throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("ssl", "false");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection(url, all);
    }

    @Test
    void saysThatItIsTheStandIn() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            assertThat(StandInFiles.one(statement, "select version()").toString())
                    .startsWith("PostgreSQL 8.0.2")
                    .contains("Redshift 1.0.")
                    .contains("stand-in");
            assertThat(StandInFiles.one(statement, "select current_user")).isEqualTo("awsuser");
        }
    }

    @Test
    void encryptsWithACertificateThatTheDriverVerifies() throws SQLException {
        for (String host : List.of("127.0.0.1", "localhost")) {
            try (Connection connection = login(
                            "jdbc:redshift://" + host + ":" + SharedRedshift.port() + "/dev",
                            "awsuser",
                            SharedRedshift.PASSWORD,
                            "ssl",
                            "true",
                            "sslmode",
                            "verify-full",
                            "sslRootCert",
                            SharedRedshift.caFile().toString());
                    Statement statement = connection.createStatement()) {
                assertThat(StandInFiles.one(statement, "select 1")).isEqualTo(1);
            }
        }
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownDatabase() {
        String url = "jdbc:redshift://127.0.0.1:" + SharedRedshift.port();
        assertThatThrownBy(() -> login(url + "/dev", "awsuser", "wrong"))
                .hasMessageContaining("password authentication failed for user \"awsuser\"");
        assertThatThrownBy(() -> login(url + "/dev", "nobody", "wrong"))
                .hasMessageContaining("password authentication failed for user \"nobody\"");
        assertThatThrownBy(() -> login(url + "/nowhere", "awsuser", SharedRedshift.PASSWORD))
                .hasMessageContaining("database \"nowhere\" does not exist");
    }

    @Test
    void letsOtherUsersDoWhatTheyAreGranted() throws SQLException {
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "a int");
            statement.execute("create user reader password 'Reader12'");
            statement.execute("grant select on " + table + " to reader");
            try (Connection other =
                            login("jdbc:redshift://127.0.0.1:" + SharedRedshift.port() + "/dev", "reader", "Reader12");
                    Statement reading = other.createStatement()) {
                assertThat(StandInFiles.one(reading, "select current_user")).isEqualTo("reader");
                assertThat(StandInFiles.one(reading, "select count(*) from " + table))
                        .isEqualTo(0L);
                assertThatThrownBy(() -> reading.execute("insert into " + table + " values (1)"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void servesOtherClientsOfTheProtocol() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + SharedRedshift.port() + "/dev",
                        "awsuser",
                        SharedRedshift.PASSWORD);
                Statement statement = connection.createStatement()) {
            String table = StandInFiles.newTable(statement, "id bigint, name varchar(20)");
            statement.execute(StandInFiles.copy(table, StandInFiles.numbers(7)));
            assertThat(StandInFiles.one(statement, "select count(*) from " + table))
                    .isEqualTo(7L);
        }
        Path psql = Path.of("/usr/bin/psql");
        if (Files.isExecutable(psql)) {
            ProcessBuilder builder = new ProcessBuilder(
                    psql.toString(),
                    "host=127.0.0.1 port=" + SharedRedshift.port() + " dbname=dev user=awsuser sslmode=require",
                    "-X",
                    "-At",
                    "-c",
                    "create temp table p (id bigint, name varchar(20)); "
                            + StandInFiles.copy("p", StandInFiles.numbers(5)) + "; select count(*) from p");
            builder.environment().put("PGPASSWORD", SharedRedshift.PASSWORD);
            Process process = builder.redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(output)
                    .contains("Load into table 'p' completed, 5 record(s)")
                    .endsWith("5\n");
        }
    }
}
