package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.caravan.format.ParquetDataFormat;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Evidence;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What load and publish say to Redshift, in which transactions, and what they refuse. */
class RedshiftProducersTest {
    private static final String LOAD = "caravan-redshift:load?iamRole=default";
    private static final String PUBLISH = "caravan-redshift:publish";
    private static final Columns COLUMNS = new Columns(List.of(
            new Column("id", new ColumnType.Int(8), false),
            new Column("at", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final FakeRedshift redshift = new FakeRedshift();
    private Exchange exchange;
    private Run run;
    private TableName staging;
    private String staged;

    @BeforeEach
    void begin() {
        context.getRegistry().bind("redshift", DataSource.class, redshift.dataSource());
        context.start();
        exchange = new DefaultExchange(context);
        run = Runs.of(context).begin(exchange, "line-items");
        run.setColumns(COLUMNS);
        run.proof().evidence().readToEnd();
        run.count(Point.SOURCE, 7);
        run.count(Point.FILES, 7);
        run.setFileFormat(new ParquetDataFormat().fileFormat(COLUMNS));
        run.setManifest("s3://b/caravan/manifest.json");
        staging = Loader.stagingTable("caravan_staging", run);
        staged = "\"caravan_staging\".\"" + staging.table() + "\"";
        redshift.answer("pg_last_copy_count()", 7);
        redshift.answer("SELECT pg_last_copy_id()", 4711);
        redshift.answer("SELECT COUNT(*)", 7);
        redshift.answer("INSERT INTO \"public\"", 7);
        redshift.answer("INSERT INTO \"sales\"", 7);
        redshift.answer("HAS_TABLE_PRIVILEGE", 0);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void loadsIntoTheRunsOwnTableInOneTransaction() throws Exception {
        process(LOAD + "&reader=databricks");

        assertThat(redshift.log())
                .containsExactly(
                        "connect",
                        "autocommit false",
                        "SET timezone TO 'UTC'",
                        "SET query_group TO 'caravan'",
                        "SET statement_timeout TO 0",
                        "commit",
                        "CREATE SCHEMA IF NOT EXISTS \"caravan_staging\"",
                        LoadLedger.creation(LoadLedger.table("caravan_staging", "line-items")),
                        "CREATE TABLE " + staged + " (\"id\" BIGINT, \"at\" TIMESTAMP) DISTSTYLE EVEN",
                        "GRANT USAGE ON SCHEMA \"caravan_staging\" TO \"databricks\"",
                        "GRANT SELECT ON " + staged + " TO \"databricks\"",
                        "SELECT CASE WHEN HAS_TABLE_PRIVILEGE('databricks',"
                                + " '\"caravan_staging\".\"line-items__load_ledger\"', 'select') THEN 1 ELSE 0 END",
                        "GRANT SELECT ON \"caravan_staging\".\"line-items__load_ledger\" TO \"databricks\"",
                        "COPY " + staged + " (\"id\", \"at\") FROM 's3://b/caravan/manifest.json' IAM_ROLE default"
                                + " FORMAT AS PARQUET MANIFEST STATUPDATE OFF",
                        "SELECT pg_last_copy_id()",
                        "SELECT pg_last_copy_count()",
                        "commit",
                        "rollback",
                        "close");
        assertThat(redshift.comments())
                .containsOnly("/* caravan pipeline=line-items run=" + run.id() + " step=load */");
        assertThat(run.table()).contains(staging);
        assertThat(run.tableColumns())
                .contains(new ParquetDataFormat().fileFormat(COLUMNS).staged());
        assertThat(run.rows(Point.COPIED)).hasValue(7);
        assertThat(run.proof().copyQuery()).hasValue(4711);
    }

    @Test
    void looksForRowsThatDifferNoLongerThanTenMinutes() throws Exception {
        process(LOAD);
        redshift.log().clear();
        redshift.fail("SUM(caravan_side)", new SQLException("Query cancelled on user's request", "57014"));

        String said = run.proof().evidence().rowFinder().orElseThrow().find(staging, 3);

        assertThat(redshift.log()).contains("SET statement_timeout TO 600000").endsWith("rollback", "close");
        assertThat(said)
                .startsWith("Which rows differ cannot be told: Comparing " + staging + " with a second COPY")
                .contains("Query cancelled");
    }

    @Test
    void grantsTheLoadLedgerOnce() throws Exception {
        redshift.answer("HAS_TABLE_PRIVILEGE", 1);

        process(LOAD + "&reader=databricks");

        assertThat(redshift.log()).noneMatch(sql -> sql.startsWith("GRANT SELECT") && sql.contains("__load_ledger"));
    }

    @Test
    void isNotDoneUntilDatabricksWasSeenToReadWhatIsPublished() throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        process(PUBLISH);

        end();

        assertThat(run.outcome().flatMap(Run.Outcome::failure)).hasValueSatisfying(failure -> {
            assertThat(failure.category()).isEqualTo(Category.VERIFY);
            assertThat(failure.message())
                    .contains("is published, but the route ended without a proof that Databricks reads it");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "none"})
    void isDoneWithoutThatProofOnlyIfToldSo(String verify) throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        process(PUBLISH + "?verify=" + verify);

        end();

        assertThat(run.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.isDone()).isTrue());
    }

    @Test
    void isDoneWithThatProof() throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        process(PUBLISH);
        TableName ledger = run.proof().evidence().loadLedger().orElseThrow();
        assertThat(ledger).isEqualTo(new TableName("caravan_staging", "line-items__load_ledger"));
        run.proof().evidence().add(ledger, Point.DATABRICKS, Set.of(Evidence.Compared.FRESHNESS));

        end();

        assertThat(run.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.isDone()).isTrue());
    }

    @Test
    void copiesNothingForAnEmptyResult() throws Exception {
        run.count(Point.FILES, 0);

        process(LOAD);

        assertThat(redshift.log())
                .anyMatch(sql -> sql.startsWith("CREATE TABLE"))
                .noneMatch(sql -> sql.startsWith("COPY"));
        assertThat(run.rows(Point.COPIED)).hasValue(0);
    }

    @Test
    void commitsNothingIfCopyLoadedOtherRowsThanTheFilesHold() {
        redshift.answer("pg_last_copy_count()", 6);

        assertRefused(LOAD, Category.LOAD, "COPY loaded 6 rows into " + staging + ", but the files hold 7");
        assertThat(redshift.log()).endsWith("SELECT pg_last_copy_count()", "rollback", "close");
        assertThat(run.table()).isEmpty();
    }

    @Test
    void explainsACopyThatFailedAndNamesTheRolesSetting() {
        redshift.fail("COPY ", new SQLException("User arn:x is not authorized to assume\n IAM Role arn:y", "XX000"));

        assertRefused(
                LOAD,
                Category.LOAD,
                "COPY into " + staging
                        + " from s3://b/caravan/manifest.json failed: User arn:x is not authorized to assume"
                        + " IAM Role arn:y. Check the setting redshift.copy.iam-role");
        assertThat(redshift.log()).endsWith("rollback", "close");
    }

    @Test
    void dropsTheStagingTableWhenTheRunIsOver() throws Exception {
        process(LOAD);
        redshift.log().clear();

        end();

        assertThat(redshift.log()).containsSubsequence("DROP TABLE IF EXISTS " + staged, "commit", "close");
    }

    @Test
    void endsTheRunAlthoughTheStagingTableCannotBeDropped() throws Exception {
        process(LOAD);
        TableName loaded = run.table().orElseThrow();
        run.verified(loaded, Point.REDSHIFT);
        run.verified(loaded, Point.DATABRICKS);
        process(PUBLISH + "?verify=none");
        redshift.fail("DROP TABLE", new SQLException("could not serialize", "40001"));

        end();

        assertThat(run.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.isDone()).isTrue());
    }

    @Test
    void asksForTheRoleBeforeItConnects() {
        assertRefused("caravan-redshift:load", Category.CONFIG, "redshift.copy.iam-role is not set");
        assertRefused("caravan-redshift:load?iamRole=admin", Category.CONFIG, "which is no role ARN");
        assertThat(redshift.log()).isEmpty();
    }

    @Test
    void namesTheSettingsOfAConnectionThatFails() {
        redshift.fail("connect", new SQLException("password authentication failed for user \"x\"", "28000"));

        assertRefused(LOAD, Category.LOAD, "Check the settings redshift.user and redshift.password.");
    }

    @Test
    void publishesInOneTransactionWithoutTruncateOrLockOfTheTarget() throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);

        process(PUBLISH);

        assertThat(redshift.log())
                .containsSubsequence(
                        "commit",
                        "SET statement_timeout TO 300000",
                        "LOCK TABLE \"caravan_staging\".\"line-items__load_ledger\"",
                        "LOCK TABLE " + staged,
                        "CREATE TABLE \"public\".\"line_items\" (\"id\" BIGINT, \"at\" TIMESTAMPTZ)",
                        "SET statement_timeout TO 0",
                        "SELECT COUNT(*) FROM " + staged,
                        "DELETE FROM \"public\".\"line_items\"",
                        "INSERT INTO \"public\".\"line_items\" (\"id\", \"at\") SELECT \"id\", \"at\" AT TIME ZONE 'UTC' FROM "
                                + staged,
                        "SELECT COUNT(*) FROM \"public\".\"line_items\"",
                        "commit",
                        "rollback",
                        "close")
                .noneMatch(sql -> sql.startsWith("TRUNCATE") || sql.startsWith("LOCK TABLE \"public\""));
        assertThat(run.published()).contains(new TableName("public", "line_items"));
        assertThat(run.table()).isEqualTo(run.published());
        assertThat(run.tableColumns()).contains(COLUMNS);
    }

    @Test
    void publishesToTheTableThatIsNamed() throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);

        process(PUBLISH + "?schema=sales&table=Items");

        assertThat(run.published()).contains(new TableName("sales", "items"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"REDSHIFT", "DATABRICKS"})
    void refusesToPublishWhatOnePointDidNotVerifyAndNamesIt(Point verified) {
        verified(verified);
        Point missing = verified == Point.REDSHIFT ? Point.DATABRICKS : Point.REDSHIFT;

        assertRefused(
                PUBLISH,
                Category.PUBLISH,
                "its staging table " + staging + " was not verified in " + missing.label() + ".");
        assertThat(redshift.log()).isEmpty();
        assertThat(run.published()).isEmpty();
    }

    @Test
    void refusesToPublishWhatNobodyVerified() {
        verified();

        assertRefused(PUBLISH, Category.PUBLISH, "was not verified in redshift and databricks.");
    }

    @Test
    void takesNoEvidenceOfAnotherTable() {
        verified();
        for (Point point : Set.of(Point.REDSHIFT, Point.DATABRICKS)) {
            run.verified(new TableName("public", "line_items"), point);
        }

        assertRefused(PUBLISH, Category.PUBLISH, "was not verified in redshift and databricks.");
    }

    @Test
    void publishesWithoutEvidenceOnlyIfToldSo() throws Exception {
        verified();

        process(PUBLISH + "?verify=none");

        assertThat(run.published()).isPresent();
    }

    @Test
    void refusesToPublishBeforeItLoads() {
        assertRefused(PUBLISH, Category.CONFIG, "'line-items' publishes before it loads");
    }

    @Test
    void commitsNothingIfTheStagingTableHasOtherRows() {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        redshift.answer("SELECT COUNT(*)", 8);

        assertRefused(PUBLISH, Category.PUBLISH, "The staging table " + staging + " has 8 rows instead of 7");
        assertThat(redshift.log()).endsWith("SELECT COUNT(*) FROM " + staged, "rollback", "close");
        assertThat(run.published()).isEmpty();
    }

    @Test
    void commitsNothingIfOtherRowsAreInserted() {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        redshift.answer("INSERT INTO \"public\"", 6);

        assertRefused(PUBLISH, Category.PUBLISH, "the INSERT into public.line_items made 6 rows instead of 7");
        assertThat(redshift.log()).endsWith("rollback", "close").noneMatch(sql -> sql.startsWith("ANALYZE"));
        assertThat(run.published()).isEmpty();
    }

    @Test
    void isNotPublishedIfAStatementFails() {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        redshift.fail("INSERT INTO \"public\"", new SQLException("disk full", "53100"));

        assertRefused(PUBLISH, Category.PUBLISH, "Publishing run " + run.id() + " to public.line_items by replace");
        assertThat(redshift.log()).endsWith("rollback", "close");
        assertThat(run.published()).isEmpty();
    }

    @Test
    void publishesAlthoughTheStatisticsCannotBeRenewed() throws Exception {
        verified(Point.REDSHIFT, Point.DATABRICKS);
        redshift.fail("ANALYZE", new SQLException("permission denied", "42501"));

        process(PUBLISH);

        assertThat(run.published()).isPresent();
    }

    private void verified(Point... points) {
        run.setTable(staging, new ParquetDataFormat().fileFormat(COLUMNS).staged());
        run.count(Point.COPIED, 7);
        for (Point point : points) {
            run.verified(staging, point);
        }
    }

    private void assertRefused(String uri, Category category, String message) {
        assertThatThrownBy(() -> process(uri))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(category);
    }

    private void process(String uri) throws Exception {
        Producer producer = context.getEndpoint(uri).createProducer();
        producer.process(exchange);
    }

    private void end() {
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
    }
}
