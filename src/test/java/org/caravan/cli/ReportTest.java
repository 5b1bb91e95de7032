package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Runs;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a run: one line for a person, one JSON object for a program. */
class ReportTest {
    private static final Columns COLUMNS = new Columns(
            List.of(new Column("a", new ColumnType.Bool(), true), new Column("b", new ColumnType.Bool(), true)));

    @Test
    void reportsADoneRunWhole() throws Exception {
        Run run = done();

        JsonNode json = json(new Host.Result("customers", Optional.of(run), Optional.empty()));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "run",
                        "pipeline",
                        "outcome",
                        "table",
                        "rows",
                        "digests",
                        "proofs",
                        "fresh",
                        "parts",
                        "bytes",
                        "columns",
                        "alterations",
                        "parameters",
                        "retries",
                        "warnings",
                        "seconds",
                        "steps",
                        "manifest");
        assertThat(json.path("run").asText()).isEqualTo(run.id().value());
        assertThat(json.path("pipeline").asText()).isEqualTo("customers");
        assertThat(json.path("outcome").asText()).isEqualTo("done");
        assertThat(json.path("table").asText()).isEqualTo("public.customers");
        assertThat(json.path("rows"))
                .hasToString("{\"source\":1500,\"files\":1500,\"copied\":1500,\"redshift\":1500,\"databricks\":1500}");
        assertThat(json.path("digests")).hasToString("{\"files\":\"1:1500:a:b\",\"redshift\":\"1:1500:a:b\"}");
        assertThat(json.path("proofs")).isEmpty();
        assertThat(json.path("fresh").asBoolean(true)).isFalse();
        assertThat(json.path("parts").asInt()).isEqualTo(2);
        assertThat(json.path("bytes").asLong()).isEqualTo(3_000_000_000L);
        assertThat(json.path("columns").asInt()).isEqualTo(2);
        assertThat(json.path("alterations")).hasToString("{}");
        assertThat(json.path("seconds").isNumber()).isTrue();
        assertThat(json.path("manifest").asText()).isEqualTo("s3://b/m.json");
        assertThat(json.path("steps").fieldNames())
                .toIterable()
                .containsExactly("extract", "stage", "load", "verify", "publish");
        assertThat(json.path("steps"))
                .allSatisfy(step -> assertThat(step.path("seconds").isNumber()).isTrue());
    }

    @Test
    void reportsOfAFailedRunWhatItCameTo() throws Exception {
        Run run = run();
        run.begin(Step.EXTRACT);
        run.count(Point.SOURCE, 10);
        Failure failure = new Failure(Category.LOAD, "COPY said \"no\"");

        JsonNode json = json(new Host.Result("customers", Optional.of(run), Optional.of(failure)));

        assertThat(json.path("outcome").asText()).isEqualTo("failed");
        assertThat(json.path("error")).hasToString("{\"category\":\"load\",\"message\":\"COPY said \\\"no\\\"\"}");
        assertThat(json.path("rows")).hasToString("{\"source\":10}");
        assertThat(json.path("steps").fieldNames()).toIterable().containsExactly("extract");
        assertThat(json.has("table")).isFalse();
        assertThat(json.has("manifest")).isFalse();
    }

    @Test
    void reportsThatNoRunBegan() throws Exception {
        JsonNode json = json(new Host.Result(
                "customers", Optional.empty(), Optional.of(new Failure(Category.CONFIG, "a setting is missing"))));

        assertThat(json.has("run")).isFalse();
        assertThat(json.path("pipeline").asText()).isEqualTo("customers");
        assertThat(json.path("outcome").asText()).isEqualTo("failed");
        assertThat(json.path("error").path("category").asText()).isEqualTo("config");
    }

    @Test
    void tellsADoneRunInOneLine() {
        Run run = done();

        assertThat(Summary.of(new Host.Result("customers", Optional.of(run), Optional.empty())))
                .matches(
                        "customers done: source 1,500 = files 1,500 = copied 1,500 = redshift 1,500 = databricks 1,500 rows;"
                                + " in public\\.customers; 2 parts, 2861\\.0 MB; [0-9.]+ s; run " + run.id());
    }

    @Test
    void tellsHowManyValuesTheRouteChanged() throws Exception {
        Run run = done();
        for (int i = 0; i < 1234; i++) {
            run.addAlteration("note", "nul=remove");
        }
        run.addAlteration("amount", "onOverflow=null");
        Host.Result result = new Host.Result("customers", Optional.of(run), Optional.empty());

        assertThat(Summary.of(result))
                .contains(" s; changed as the route allows: amount (onOverflow=null) 1, note (nul=remove) 1,234; run ");
        assertThat(json(result).path("alterations"))
                .hasToString("{\"amount\":{\"onOverflow=null\":1},\"note\":{\"nul=remove\":1234}}");
    }

    @Test
    void tellsTheWarnings() throws Exception {
        Run run = done();
        Host.Result result = new Host.Result("customers", Optional.of(run), Optional.empty());
        run.warnings().add(new Warning("rows < 2000", "the result has 1,500 rows"));

        assertThat(Summary.of(result)).contains(" s; 1 warning: rows < 2000: the result has 1,500 rows; run ");

        run.warnings().add(new Warning("nulls(a) > 0", "column 'a' is NULL in 1 of 1,500 rows"));

        assertThat(Summary.of(result))
                .contains(" s; 2 warnings: rows < 2000: the result has 1,500 rows, nulls(a) > 0: column 'a'");
        assertThat(json(result).path("warnings").get(0))
                .hasToString("{\"rule\":\"rows < 2000\",\"message\":\"the result has 1,500 rows\"}");
    }

    @Test
    void tellsWhatWasNotCountedAndNotPublished() {
        Run run = run();
        run.count(Point.SOURCE, 1);
        run.addPart(new StagedPart(1, "k", 1, 512, 0));

        assertThat(Summary.done(run))
                .startsWith("customers done: source 1 = files - = copied - = redshift - = databricks - rows;"
                        + " not published; 1 part, 0.5 KB; ");
    }

    @Test
    void tellsAFailureWithItsCategory() {
        Failure failure = new Failure(Category.VERIFY, "one value differs.");

        assertThat(Summary.of(new Host.Result("customers", Optional.of(run()), Optional.of(failure))))
                .isEqualTo("customers failed (verify): one value differs.");
    }

    @Test
    void tellsThatARouteBeganNoRun() {
        assertThat(Summary.of(new Host.Result("customers", Optional.empty(), Optional.empty())))
                .contains("ended without a run; it has no caravan-query step");
    }

    @Test
    void believesTheRunsOutcomeRatherThanTheCalls() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            Run run = Runs.of(context).begin(exchange, "customers");
            exchange.setProperty(
                    Exchange.EXCEPTION_CAUGHT, new CaravanException(Category.VERIFY, "handled by the route"));
            UnitOfWorkHelper.doneSynchronizations(
                    exchange, exchange.getExchangeExtension().handoverCompletions());

            assertThat(new Host.Result("customers", Optional.of(run), Optional.empty()).error())
                    .contains(new Failure(Category.VERIFY, "handled by the route"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 KB", "1536, 1.5 KB", "1048575, 1024.0 KB", "1048576, 1.0 MB", "3000000000, 2861.0 MB"})
    void showsBytes(long bytes, String shown) {
        assertThat(Summary.bytes(bytes)).isEqualTo(shown);
    }

    private static Run run() {
        return new Run(RunId.at(Instant.now()), "customers", Instant.now());
    }

    private static Run done() {
        Run run = run();
        run.setColumns(COLUMNS);
        for (Step step : Step.values()) {
            run.begin(step);
            run.end(step);
        }
        for (Point point : Point.values()) {
            run.count(point, 1500);
        }
        run.digest(Point.FILES, "1:1500:a:b");
        run.digest(Point.REDSHIFT, "1:1500:a:b");
        run.addPart(new StagedPart(1, "k1", 1000, 2_000_000_000, 0));
        run.addPart(new StagedPart(2, "k2", 500, 1_000_000_000, 0));
        run.setManifest("s3://b/m.json");
        run.setPublished(new TableName("public", "customers"));
        return run;
    }

    private static JsonNode json(Host.Result result) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        return mapper.readTree(mapper.writeValueAsString(RunReport.of(result)));
    }
}
