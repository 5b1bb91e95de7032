package org.caravan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Lease;
import org.caravan.ledger.MeasuredRows;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Warning;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each rule says of rows, with a real ledger of earlier runs. */
class GuardProducerTest {
    private static final Columns COLUMNS = new Columns(
            List.of(new Column("id", new ColumnType.Int(8), true), new Column("email", new ColumnType.Text(40), true)));

    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private JdbcLedger ledger;
    private Exchange exchange;
    private Run run;

    @BeforeEach
    void start() {
        ledger = new JdbcLedger(
                EmbeddedFile.at("jdbc:h2:file:" + directory.resolve("ledger"), "sa", ""),
                Origin.here(StartedBy.COMMAND, ""),
                Secrets.NONE,
                JdbcLedger.DEFAULT_LOCK_EXPIRY);
        context.start();
        exchange = new DefaultExchange(context);
    }

    @AfterEach
    void stop() {
        context.stop();
        ledger.close();
    }

    @ParameterizedTest(name = "{0} rows, {1} NULLs: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "12   | 0  | rows < 1000       | the result has 12 rows",
                "1    | 0  | rows <= 1         | the result has 1 row",
                "1000 | 0  | rows < 1000       |",
                "1000 | 0  | rows >= 1000      | the result has 1,000 rows",
                "0    | 0  | rows = 0          | the result has 0 rows",
                "1000 | 51 | nulls(email) > 5% | column 'email' is NULL in 51 of 1,000 rows (5.1%)",
                "1000 | 50 | nulls(email) > 5% |",
                "3    | 1  | nulls(email) > 33.33% | column 'email' is NULL in 1 of 3 rows (33.33%)",
                "1000 | 1  | nulls(EMAIL) > 0  | column 'email' is NULL in 1 of 1,000 rows (0.1%)",
                "1000 | 9  | nulls(id) > 0     |",
                "0    | 0  | nulls(email) > 0% |",
                "0    | 0  | nulls(email) = 0  | column 'email' is NULL in 0 of 0 rows"
            })
    void judgesTheRows(long rows, long nulls, String rule, String found) throws Exception {
        begin(rows, nulls);
        guard("warn", rule);
        assertThat(run.warnings().list())
                .extracting(Warning::message)
                .containsExactlyElementsOf(Optional.ofNullable(found).stream().toList());

        if (found != null) {
            assertThatThrownBy(() -> guard("fail", rule))
                    .isInstanceOf(CaravanException.class)
                    .hasMessageContaining("is stopped by its guards before anything is loaded: "
                            + rule.toLowerCase(java.util.Locale.ROOT) + ": " + found + ". The target keeps its rows.")
                    .hasMessageContaining("GUARD_PASS=orders")
                    .extracting("category")
                    .isEqualTo(Category.SOURCE);
        }
    }

    @ParameterizedTest(name = "{0} rows after 200: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "240 | change > 20%   |",
                "241 | change > 20%   | the result has 241 rows, 20.5% more than the 200 of the last good run",
                "159 | change > 20%   | the result has 159 rows, 20.5% fewer than the 200 of the last good run",
                "160 | change >= 20%  | the result has 160 rows, 20% fewer than the 200 of the last good run",
                "500 | change < -20%  |",
                "159 | change < -20%  | the result has 159 rows, 20.5% fewer than the 200 of the last good run",
                "241 | change > +20%  | the result has 241 rows, 20.5% more than the 200 of the last good run",
                "0   | change > +20%  |",
                "0   | change > 99.9% | the result has 0 rows, 100% fewer than the 200 of the last good run",
                "200 | change = 0%    | the result has 200 rows, as many as the 200 of the last good run"
            })
    void comparesWithTheLastGoodRun(long rows, String rule, String found) throws Exception {
        context.getRegistry().bind("ledger", ledger);
        earlier("orders", 90, Optional.empty());
        earlier("orders", 200, Optional.empty());
        earlier("orders", 0, Optional.empty());
        earlier("orders", 5, Optional.of("it failed"));
        earlier("customers", 7, Optional.empty());
        begin(rows, 0);

        guard("warn", rule);

        if (found == null) {
            assertThat(run.warnings().list()).isEmpty();
        } else {
            assertThat(run.warnings().list())
                    .singleElement()
                    .extracting(Warning::message)
                    .asString()
                    .startsWith(found);
        }
    }

    @Test
    void saysThatAChangeCannotBeJudgedWithoutAnEarlierRun() throws Exception {
        begin(5, 0);
        guard("fail", "change > 20%");
        assertThat(run.warnings().list())
                .containsExactly(new Warning("change > 20%", "it was not checked: no ledger keeps earlier runs"));

        context.getRegistry().bind("ledger", ledger);
        begin(5, 0);
        guard("fail", "change > 20%");
        assertThat(run.warnings().list())
                .containsExactly(new Warning(
                        "change > 20%", "it was not checked: the ledger keeps no earlier good run of this pipeline"));
    }

    @Test
    void namesEveryRuleThatFailsTheRunAndKeepsTheWarnings() {
        begin(10, 3);

        assertThatThrownBy(() -> process("fail=RAW(rows < 100; nulls(email) > 0)&warn=RAW(rows < 50; rows > 50)"))
                .hasMessageContaining(
                        "rows < 100: the result has 10 rows; nulls(email) > 0: column 'email' is NULL in 3 of 10 rows (30%)");
        assertThat(run.warnings().list()).containsExactly(new Warning("rows < 50", "the result has 10 rows"));
    }

    @Test
    void letsANamedPipelinePassWithAWarning() throws Exception {
        context.getComponent("caravan-guard", GuardComponent.class).setPass("customers, orders");
        begin(10, 0);

        guard("fail", "rows < 100");

        assertThat(run.warnings().list())
                .containsExactly(
                        new Warning("rows < 100", "the result has 10 rows (let pass by the setting guard.pass)"));
    }

    @Test
    void refusesAColumnThatIsNotThereAndNamesTheLikely() {
        begin(10, 0);

        for (String rule : List.of("nulls(e-mail) > 5%", "unique(id, \"e-mail\")")) {
            assertThatThrownBy(() -> guard("fail", rule))
                    .hasMessageContaining("is on the column 'e-mail', which the result has not; it has 'email', 'id'.")
                    .extracting("category")
                    .isEqualTo(Category.CONFIG);
        }
    }

    @Test
    void leavesKeysToTheLoadAndJudgesWhatItFinds() throws Exception {
        begin(10, 0);

        process("fail=RAW(unique(id))&warn=RAW(unique(id, email))");

        List<?> rules = exchange.getProperty(KeyRule.PROPERTY, List.class);
        KeyRule fails = (KeyRule) rules.get(0);
        KeyRule warns = (KeyRule) rules.get(1);
        assertThat(fails.columns()).containsExactly("id");
        assertThat(warns.columns()).containsExactly("id", "email");
        warns.broken(run, 1, 2, List.of("id '5', email NULL"));
        assertThat(run.warnings().list())
                .containsExactly(
                        new Warning("unique(id, email)", "1 key stands in 2 rows, such as id '5', email NULL"));
        assertThatThrownBy(() -> fails.broken(run, 2, 5, List.of("id '5'", "id '6'")))
                .hasMessageContaining(
                        "as it is loaded into its staging table, which is rolled back: unique(id): 2 keys stand"
                                + " in 5 rows, such as id '5'; id '6'. The target keeps its rows.")
                .extracting("category")
                .isEqualTo(Category.SOURCE);
    }

    @Test
    void asksNothingOfAnEmptyResultThatKeepsTheTarget() throws Exception {
        begin(0, 0);
        Runs.keepTarget(exchange);

        guard("fail", "rows < 100");

        assertThat(run.warnings().list()).isEmpty();
    }

    @Test
    void refusesAPlaceWhereItCannotGuard() {
        begin(10, 0);
        exchange.removeProperty(MeasuredRows.PROPERTY);

        assertThatThrownBy(() -> guard("fail", "rows < 100"))
                .hasMessageContaining("put it after caravan-stage:manifest and before caravan-redshift:load");
    }

    private void guard(String severity, String rule) throws Exception {
        process(severity + "=RAW(" + rule + ")");
    }

    private void process(String parameters) throws Exception {
        Producer guard = context.getEndpoint("caravan-guard:rows?" + parameters).createProducer();
        guard.process(exchange);
    }

    private void begin(long rows, long nulls) {
        exchange.removeProperty(Runs.RUN);
        run = Runs.of(context).begin(exchange, "orders");
        run.setColumns(COLUMNS);
        run.setManifest("s3://b/m.json");
        Map<Integer, Long> found = Map.of(0, 0L, 1, nulls);
        exchange.setProperty(MeasuredRows.PROPERTY, new MeasuredRows() {
            @Override
            public long rows() {
                return rows;
            }

            @Override
            public long nulls(int column) {
                return found.get(column);
            }
        });
    }

    private void earlier(String pipeline, long rows, Optional<String> failure) {
        Run earlier = new Run(RunId.at(Instant.now()), pipeline, Instant.now());
        Lease lease = ledger.begin(earlier);
        earlier.count(Point.SOURCE, rows);
        lease.end(new Run.Outcome(
                Instant.now(), failure.map(message -> new org.caravan.ledger.Failure(Category.LOAD, message))));
    }
}
