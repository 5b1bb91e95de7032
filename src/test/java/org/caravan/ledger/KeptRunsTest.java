package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of routes in a context that has a ledger in a database. */
class KeptRunsTest {
    private static final String ROUTE =
            """
            - route:
                id: customers
                from:
                  uri: direct:customers
                  steps:
                    - process: { ref: extract }
                    - process: { ref: publish }
            """;

    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private JdbcLedger ledger;

    @BeforeEach
    void bind() {
        ledger = ledger();
        context.getRegistry().bind("ledger", ledger);
        step("extract", exchange -> {
            Run run = Runs.of(context).begin(exchange, "customers");
            run.begin(Step.EXTRACT);
            run.setQuery(exchange.getMessage().getBody(String.class));
            run.count(Point.SOURCE, 7);
        });
        step("publish", exchange -> Runs.current(exchange, "publish").begin(Step.PUBLISH));
    }

    @AfterEach
    void stop() {
        context.stop();
        ledger.close();
    }

    @Test
    void areClosedByTheExchange() throws Exception {
        start(ROUTE);

        Exchange exchange = send("SELECT 1");

        assertThat(exchange.getException()).isNull();
        KeptRun run = only();
        assertThat(run.id()).isEqualTo(Runs.find(exchange).orElseThrow().id());
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.rows()).containsEntry(Point.SOURCE, 7L);
        assertThat(ledger.find(run.id()).orElseThrow().steps()).containsOnlyKeys(Step.EXTRACT, Step.PUBLISH);
    }

    @Test
    void areFailedWithTheExchange() throws Exception {
        step("publish", exchange -> {
            throw new CaravanException(Category.PUBLISH, "no room");
        });
        start(ROUTE);

        send("SELECT 1");

        assertThat(only().state()).isEqualTo(RunState.FAILED);
        assertThat(only().failure()).contains(new Failure(Category.PUBLISH, "no room"));
    }

    @Test
    void keepTheirCertificate() throws Exception {
        String certificate = "x".repeat(2_000_000) + "é";
        publish((run, ended) -> certificate);

        assertThat(only().state()).isEqualTo(RunState.DONE);
        assertThat(ledger.certificate(only().id())).contains(certificate);
    }

    @Test
    void failIfTheyCannotBeCertified() throws Exception {
        publish((run, ended) -> {
            throw new CaravanException(Category.STAGE, "no room");
        });

        assertThat(only().state()).isEqualTo(RunState.FAILED);
        assertThat(only().failure().orElseThrow().category()).isEqualTo(Category.STAGE);
        assertThat(only().failure().orElseThrow().message())
                .contains("has no certificate: no room Its rows are published, in public.customers");
        assertThat(ledger.certificate(only().id())).isEmpty();
    }

    private void publish(Certifier certifier) throws Exception {
        step("publish", exchange -> {
            Run run = Runs.current(exchange, "publish");
            run.setPublished(new TableName("public", "customers"));
            run.proof().certifyBy(certifier);
        });
        start(ROUTE);
        send("SELECT 1");
    }

    @Test
    void knowTheConfigurationByTheRouteAndItsQuery() throws Exception {
        start(ROUTE);
        send("SELECT 1");
        send("SELECT 1");
        send("SELECT 2");
        start(ROUTE.replace("- route:", "# changed\n- route:"));
        send("SELECT 2");

        List<String> versions = ledger.latest(Optional.empty(), 9).stream()
                .map(KeptRun::configuration)
                .toList();
        assertThat(versions).hasSize(4).doesNotContain("");
        assertThat(versions.get(3)).isEqualTo(versions.get(2));
        assertThat(versions.stream().distinct()).hasSize(3);
        assertThat(only("SELECT 2")).hasSize(2);
    }

    private List<KeptRun> only(String query) {
        return ledger.latest(Optional.empty(), 9).stream()
                .filter(run -> run.query().equals(Optional.of(Sha256.of(query))))
                .toList();
    }

    @Test
    void areRefusedWhileAnotherIsUnderWay() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        step("publish", exchange -> {
            reached.countDown();
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
        });
        start(ROUTE);
        Future<Exchange> first = context.createProducerTemplate()
                .asyncSend("direct:customers", exchange -> exchange.getMessage().setBody("SELECT 1"));
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

        Exchange second = send("SELECT 1");
        go.countDown();

        assertThat(Runs.find(second)).isEmpty();
        assertThat(second.getException())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("Pipeline 'customers' is under way already: run " + only().id());
        assertThat(first.get(30, TimeUnit.SECONDS).getException()).isNull();
        assertThat(only().state()).isEqualTo(RunState.DONE);
        assertThat(send("SELECT 1").getException()).isNull();
    }

    @Test
    void publishNothingOnceTheLockIsLost() throws Exception {
        JdbcLedger impatient = ledger(Duration.ofSeconds(1));
        context.getRegistry().unbind("ledger");
        context.getRegistry().bind("ledger", impatient);
        boolean[] published = new boolean[1];
        step("publish", exchange -> {
            impatient.close();
            Instant start = Instant.now();
            Run other = new Run(RunId.at(start), "customers", start);
            await().ignoreExceptions().until(() -> ledger.begin(other), lease -> true);
            Runs.current(exchange, "publish").begin(Step.PUBLISH);
            published[0] = true;
        });
        start(ROUTE);

        Exchange exchange = send("SELECT 1");

        assertThat(published[0]).isFalse();
        assertThat(exchange.getException()).hasMessageContaining("lost its lock");
        Run run = Runs.find(exchange).orElseThrow();
        assertThat(run.outcome().orElseThrow().failure().map(Failure::category)).contains(Category.INTERRUPTED);
        assertThat(ledger.find(run.id()).orElseThrow().run().state()).isEqualTo(RunState.INTERRUPTED);
    }

    @Test
    void doNotBeginWithTwoLedgers() throws Exception {
        try (JdbcLedger other = ledger()) {
            context.getRegistry().bind("other", other);
            start(ROUTE);

            assertThat(send("SELECT 1").getException()).hasMessageContaining("2 ledgers are bound in the registry");
        }
    }

    @Test
    void areNotKeptWithoutALedger() throws Exception {
        context.getRegistry().unbind("ledger");
        start(ROUTE);

        Exchange exchange = send("SELECT 1");

        Run run = Runs.find(exchange).orElseThrow();
        assertThat(run.outcome().orElseThrow().isDone()).isTrue();
        assertThat(run.token()).isEmpty();
        assertThat(ledger.latest(Optional.empty(), 9)).isEmpty();
    }

    private JdbcLedger ledger() {
        return ledger(Duration.ofMinutes(10));
    }

    private JdbcLedger ledger(Duration lockExpiry) {
        return new JdbcLedger(
                EmbeddedFile.at("jdbc:h2:file:" + directory.resolve("ledger"), "sa", ""),
                Origin.here(StartedBy.APPLICATION, ""),
                Secrets.NONE,
                lockExpiry);
    }

    private void step(String name, Processor action) {
        context.getRegistry().bind(name, Processor.class, action);
    }

    private void start(String route) throws Exception {
        if (context.getRoute("customers") != null) {
            context.getRouteController().stopRoute("customers");
            context.removeRoute("customers");
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("customers.camel.yaml", route));
        context.start();
    }

    private Exchange send(String query) {
        return context.createProducerTemplate()
                .send("direct:customers", exchange -> exchange.getMessage().setBody(query));
    }

    private KeptRun only() {
        List<KeptRun> runs = ledger.latest(Optional.empty(), 9);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}
