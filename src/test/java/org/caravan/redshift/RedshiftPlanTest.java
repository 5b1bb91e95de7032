package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.format.ParquetDataFormat;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Planned;
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
import org.junit.jupiter.params.provider.CsvSource;

/** What is planned is what is executed, and what is tried leaves nothing. */
class RedshiftPlanTest {
    private static final Columns COLUMNS = new Columns(List.of(
            new Column("id", new ColumnType.Int(8), false),
            new Column("at", new ColumnType.Timestamp(ColumnType.Zone.INSTANT), true)));

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final FakeRedshift redshift = new FakeRedshift();
    private Exchange exchange;
    private Run run;

    @BeforeEach
    void begin() {
        context.getRegistry().bind("redshift", DataSource.class, redshift.dataSource());
        context.start();
        exchange = new DefaultExchange(context);
        run = Runs.of(context).begin(exchange, "line-items");
        run.setColumns(COLUMNS);
        run.count(Point.FILES, 7);
        run.setFileFormat(new ParquetDataFormat().fileFormat(COLUMNS));
        run.setManifest("s3://b/caravan/manifest.json");
        redshift.answer("pg_last_copy_count()", 7);
        redshift.answer("SELECT pg_last_copy_id()", 4711);
        redshift.answer("SELECT COUNT(*)", 7);
        redshift.answer("INSERT INTO \"public\"", 7);
        redshift.answer("HAS_TABLE_PRIVILEGE", 0);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void executesWhatItPlans() throws Exception {
        RedshiftEndpoint load = endpoint("caravan-redshift:load?iamRole=default&reader=databricks");
        RedshiftEndpoint publish = endpoint("caravan-redshift:publish?verify=none");
        List<String> planned = sql(load.plan(run));
        List<String> prepared = load.preparation();
        assertThat(executed(load)).isEqualTo(planned);
        assertThat(redshift.log()).containsSubsequence(prepared);

        redshift.log().clear();
        TableName staging = run.table().orElseThrow();
        Columns staged = run.tableColumns().orElseThrow();
        List<String> publication = sql(publish.plan(run));
        assertThat(run.table()).contains(new TableName("public", "line_items"));
        run.setTable(staging, staged);

        List<String> executed = executed(publish);
        // What the load ledger is told has the run's figures, and behind it the plan has COMMIT and ANALYZE.
        int told = executed.size() - 1;
        assertThat(executed.subList(0, told)).isEqualTo(publication.subList(0, publication.size() - 3));
        assertThat(List.of(executed.get(told), publication.get(told)))
                .allMatch(sql -> sql.startsWith("INSERT INTO \"caravan_staging\".\"line-items__load_ledger\""));
        assertThat(publication).endsWith("COMMIT", "ANALYZE \"public\".\"line_items\" PREDICATE COLUMNS");
        assertThat(redshift.log())
                .endsWith("ANALYZE \"public\".\"line_items\" PREDICATE COLUMNS", "commit", "rollback", "close");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=replace | DELETE FROM \"public\".\"line_items\"",
                "mode=swap | ALTER TABLE \"public\".\"line_items\" RENAME TO",
                "mode=append | INSERT INTO \"public\".\"line_items\" (\"id\", \"at\") SELECT",
                "mode=merge&keys=ID | WHEN MATCHED THEN UPDATE SET \"id\" = \"caravan_staged\".\"id\",",
                "mode=merge&keys=id&whenMissing=delete | DELETE FROM \"public\".\"line_items\" WHERE NOT EXISTS (SELECT 1 FROM",
                "mode=merge&keys=id&whenMatched=ignore | WHERE NOT EXISTS (SELECT 1 FROM \"public\".\"line_items\" WHERE",
                "mode=replace-partition&partition=id | DELETE FROM \"public\".\"line_items\" WHERE \"id\" IN (SELECT \"id\" FROM"
            })
    void plansEveryModeUnderTheLoadLedgersLock(String parameters, String statement) {
        endpoint("caravan-redshift:load?iamRole=default").plan(run);

        List<String> planned =
                sql(endpoint("caravan-redshift:publish?" + parameters).plan(run));

        assertThat(planned).anyMatch(sql -> sql.contains(statement)).noneMatch(sql -> sql.startsWith("TRUNCATE"));
        assertThat(planned.get(0)).isEqualTo("SET statement_timeout TO 300000");
        assertThat(planned.get(1)).isEqualTo("LOCK TABLE \"caravan_staging\".\"line-items__load_ledger\"");
        assertThat(planned.stream().filter(sql -> sql.startsWith("LOCK"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode=merge&keys=nothing | names the column 'nothing', which the result of pipeline 'line-items' has not; it has id, at",
                "mode=merge&keys=at | The column 'at' (TIMESTAMPTZ) cannot be a key",
                "mode=replace-partition&partition=at | The column 'at' (TIMESTAMPTZ) cannot be the partition"
            })
    void refusesColumnsThatCannotServe(String parameters, String message) {
        endpoint("caravan-redshift:load?iamRole=default").plan(run);

        assertThatThrownBy(
                        () -> endpoint("caravan-redshift:publish?" + parameters).plan(run))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void leavesThePlannedRunAsTheStepLeavesIt() {
        endpoint("caravan-redshift:load?iamRole=default").plan(run);

        assertThat(run.table()).contains(Loader.stagingTable("caravan_staging", run));
        assertThat(run.tableColumns())
                .contains(new ParquetDataFormat().fileFormat(COLUMNS).staged());
        assertThat(redshift.log()).isEmpty();
    }

    @Test
    void takesBackWhatItTries() {
        endpoint("caravan-redshift:load?iamRole=default&reader=databricks").tryOut(run);
        assertThat(redshift.log())
                .anyMatch(sql -> sql.startsWith("CREATE TABLE \"caravan_staging\""))
                .anyMatch(sql -> sql.startsWith("GRANT SELECT ON"))
                .endsWith("rollback", "close");
        assertThat(redshift.log().stream().filter("commit"::equals))
                .as("the session's own")
                .hasSize(1);

        redshift.log().clear();
        endpoint("caravan-redshift:publish?schema=mart").tryOut(run);
        assertThat(redshift.log())
                .anyMatch(sql -> sql.startsWith("CREATE TABLE \"mart\".\"line-items__"))
                .endsWith("rollback", "close");
    }

    @Test
    void tellsTheSchemaInWhichItMayNotCreate() {
        redshift.fail("CREATE TABLE", new SQLException("permission denied for schema mart", "42501"));

        assertThatThrownBy(
                        () -> endpoint("caravan-redshift:publish?schema=mart").tryOut(run))
                .isInstanceOfSatisfying(
                        CaravanException.class, e -> assertThat(e.category()).isEqualTo(Category.PUBLISH))
                .hasMessageContaining("schema mart")
                .hasMessageContaining("permission denied");
    }

    private RedshiftEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, RedshiftEndpoint.class);
    }

    /** The statements that a step executes between those that begin its session and the commit. */
    private List<String> executed(RedshiftEndpoint endpoint) throws Exception {
        redshift.log().clear();
        try (Producer producer = endpoint.createProducer()) {
            producer.process(exchange);
        }
        List<String> log = redshift.log();
        List<String> behind = log.subList(log.indexOf("commit") + 1, log.size());
        return List.copyOf(behind.subList(0, behind.indexOf("commit")));
    }

    private static List<String> sql(List<Planned> statements) {
        return statements.stream().map(Planned::sql).toList();
    }
}
