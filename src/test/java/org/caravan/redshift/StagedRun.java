package org.caravan.redshift;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import javax.sql.DataSource;
import org.caravan.cli.SharedSandbox;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;
import org.caravan.schema.TableName;

/** A run of a pipeline whose staging table is loaded in the stand-in, to be published; closes nothing that the stand-in keeps. */
record StagedRun(Run run, PublishRequest request) {
    /** Not that of the shipped pipelines, whose tests look into it for what was left behind. */
    static final String STAGING = "publication_staging";

    /** Columns of every type that publishing converts, and some that can be keys and partitions. */
    static final Columns STAGED = new Columns(List.of(
            new Column("id", new ColumnType.Int(8), true),
            new Column("day", new ColumnType.Date(), true),
            new Column("name", new ColumnType.Text(40), true),
            new Column("at", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true, Storage.UTC),
            new Column("amount", new ColumnType.Decimal(12, 2), true)));

    /** Stages rows, each as the VALUES of the columns. */
    static StagedRun of(String pipeline, long token, PublishOptions options, List<String> rows) throws SQLException {
        Run run = new Run(RunId.at(Instant.now()), pipeline, Instant.now());
        TableName staging = Loader.stagingTable(STAGING, run);
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : new Loader("default", Optional.empty())
                    .creation(staging, STAGED, LoadLedger.table(STAGING, pipeline))) {
                statement.execute(sql);
            }
            if (!rows.isEmpty()) {
                statement.execute("INSERT INTO " + RedshiftSql.quoted(staging) + " VALUES " + String.join(", ", rows));
            }
        }
        Optional<String> digest;
        try (Session session = Session.open(warehouse(), run, org.caravan.ledger.Step.LOAD)) {
            digest = Optional.of(
                    new LiveScript(session, Duration.ofSeconds(5)).digest(RedshiftSql.quoted(staging), STAGED, 1));
        }
        return new StagedRun(
                run,
                new PublishRequest(
                        pipeline,
                        run.id(),
                        OptionalLong.of(token),
                        staging,
                        STAGED,
                        target(pipeline),
                        rows.size(),
                        digest,
                        1,
                        Optional.empty(),
                        options));
    }

    /** A row: its day is the id's, its text and amount are a version's. */
    static String row(int id, String version, int amount) {
        return "(" + id + ", DATE '2026-01-01' + " + id % 10 + ", '" + version + "', '2026-03-29 00:30:00." + id % 10
                + "', " + amount + ".25)";
    }

    static List<String> rows(int from, int to, String version, int amount) {
        List<String> rows = new ArrayList<>();
        for (int id = from; id < to; id++) {
            rows.add(row(id, version, amount));
        }
        return rows;
    }

    static TableName target(String pipeline) {
        return new TableName("public", pipeline);
    }

    Publication publish() {
        return Transactions.publish(warehouse(), run, request).publication();
    }

    static Warehouse warehouse() {
        return new Warehouse(dataSource(), "redshift", Duration.ZERO);
    }

    static DataSource dataSource() {
        return Pool.SHARED;
    }

    static List<String> ask(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    static void tell(String... statements) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Open until the test process ends. */
    private static final class Pool {
        private static final HikariDataSource SHARED = open();

        private static HikariDataSource open() {
            Properties settings = SharedSandbox.settings();
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(settings.getProperty("redshift.url"));
            config.setUsername(settings.getProperty("redshift.user"));
            config.setPassword(settings.getProperty("redshift.password"));
            config.setMinimumIdle(0);
            return new HikariDataSource(config);
        }
    }
}
