package org.caravan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Step;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector gets of runs. */
class TracingTest {
    private static final String SECRET = "c4n4ry";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Kept kept = new Kept();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void makesASpanOfARunAndOneOfEachOfItsSteps() throws Exception {
        Run run = run(Tracing.to(kept), "done");

        SpanData span = only("caravan run");
        assertThat(text(span, "caravan.pipeline")).isEqualTo("customers");
        assertThat(text(span, "caravan.run")).isEqualTo(run.id().value());
        assertThat(text(span, "caravan.outcome")).isEqualTo("done");
        assertThat(span.getAttributes().get(AttributeKey.longKey("caravan.rows")))
                .isEqualTo(7);
        assertThat(span.getResource().getAttribute(AttributeKey.stringKey("service.name")))
                .isEqualTo("caravan");
        for (Step step : List.of(Step.EXTRACT, Step.LOAD)) {
            SpanData child = only("caravan " + step.label());
            assertThat(child.getParentSpanId()).isEqualTo(span.getSpanId());
            assertThat(text(child, "caravan.run")).isEqualTo(run.id().value());
            assertThat(child.getEndEpochNanos()).isBetween(child.getStartEpochNanos(), span.getEndEpochNanos());
        }
        assertThat(kept.spans)
                .as("Camel's spans are of the same trace")
                .anyMatch(other -> "camel-jdbc".equals(text(other, "component"))
                        && other.getTraceId().equals(span.getTraceId()));
    }

    @Test
    void saysThatARunFailedAndNotWhatWithWhichData() throws Exception {
        run(Tracing.to(kept), "fails");

        SpanData span = only("caravan run");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(text(span, "caravan.outcome")).isEqualTo("failed");
        assertThat(text(span, "caravan.failure")).isEqualTo("load");
    }

    @Test
    void sendsNoSqlNoSecretAndNoMessageByOtlp() throws Exception {
        try (Collector collector = new Collector()) {
            Run run = run(Tracing.to(collector.endpoint()), "fails");

            assertThat(collector.received())
                    .contains("caravan.pipeline", "customers", run.id().value(), "caravan load", "camel-jdbc")
                    .doesNotContain(SECRET, "SELECT");
        }
    }

    @Test
    void keepsNobodyFromEndingWhenNoCollectorIsThere() throws Exception {
        assertThat(run(Tracing.to("http://127.0.0.1:1/v1/traces"), "done").outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.isDone()).isTrue());
    }

    /** Runs a pipeline, and closes everything. */
    private Run run(Tracing tracing, String how) throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:tracing-" + how);
        context.getRegistry().bind("shop", database);
        Exchange exchange;
        try (tracing) {
            tracing.install(context);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:customers")
                            .routeId("customers")
                            .process(sent ->
                                    Runs.of(context).begin(sent, "customers").begin(Step.EXTRACT))
                            .setBody(constant("SELECT '" + SECRET + "'"))
                            .to("jdbc:shop")
                            .log(SECRET)
                            .to("log:" + how + "?marker=" + SECRET)
                            .process(sent -> {
                                Run run = Runs.find(sent).orElseThrow();
                                run.end(Step.EXTRACT);
                                run.begin(Step.LOAD);
                                run.addRowsRead(7);
                                if (how.equals("fails")) {
                                    throw new CaravanException(Category.LOAD, "Value '" + SECRET + "' is too long.");
                                }
                            });
                }
            });
            context.start();
            exchange = context.createProducerTemplate().send("direct:customers", sent -> {});
            context.stop();
        }
        return Runs.find(exchange).orElseThrow();
    }

    private SpanData only(String name) {
        List<SpanData> found =
                kept.spans.stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    /** Keeps what it is given. */
    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
