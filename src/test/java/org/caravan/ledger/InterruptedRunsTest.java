package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.Schedules.Attempt;
import org.caravan.ledger.Schedules.Granted;
import org.caravan.ledger.Schedules.Over;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A run that one node began and did not end, in an exchange of another. */
class InterruptedRunsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Fire FIRE = Fire.at("customers", Instant.parse("2026-11-29T05:00:00Z"));
    private static final StagedPart PART = new StagedPart(1, "caravan/customers/part-1", 3, 9, 1);

    private final JdbcDataSource database = new JdbcDataSource();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final AtomicReference<FilesCheck> check = new AtomicReference<>((manifest, parts) -> List.of());
    private final AtomicReference<String> query = new AtomicReference<>("SELECT 1");
    private JdbcLedger ledger;

    @BeforeEach
    void start(TestInfo test) throws Exception {
        database.setUrl("jdbc:h2:mem:" + test.getTestMethod().orElseThrow().getName() + ";DB_CLOSE_DELAY=-1");
        ledger = ledger("node-2", 12, LONG);
        context.getRegistry().bind("ledger", ledger);
        Runs.of(context).setFilesCheck((manifest, parts) -> check.get().problems(manifest, parts));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:customers").routeId("customers").process(exchange -> {
                    Run run = Runs.of(context).begin(exchange, "customers", () -> Optional.of(query.get()));
                    run.begin(Step.EXTRACT);
                    run.setQuery(query.get());
                });
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        ledger.close();
    }

    @Test
    void goesOnFromFilesThatAreWhole() {
        Run killed = killed();

        Run run = goOn(killed);

        assertThat(run.id()).isEqualTo(killed.id());
        assertThat(run.parts()).containsExactly(PART);
        assertThat(run.recovery().resumption()).isPresent();
        assertThat(ledger.latest(Optional.empty(), 9)).hasSize(1);
        RunDetails kept = ledger.find(run.id()).orElseThrow();
        assertThat(kept.run().state()).isEqualTo(RunState.DONE);
        assertThat(kept.resumptions()).singleElement().satisfies(resumed -> {
            assertThat(resumed.interrupted()).isEqualTo(killed.id());
            assertThat(resumed.startedBy()).isEqualTo(StartedBy.SCHEDULE);
            assertThat(resumed.by()).isEqualTo(new Resumed.Holder("node-2", 12, "ada"));
            assertThat(resumed.before()).isEqualTo(new Resumed.Holder("node-1", 11, "ada"));
            assertThat(resumed.anew()).isEmpty();
        });
    }

    @Test
    void beginsAnotherInThePlaceOfOneWhoseFilesAreNotWhole() {
        Run killed = killed();
        check.set((manifest, parts) -> List.of(parts.get(0).key() + " is missing"));

        assertBegunAnew(killed, "caravan/customers/part-1 is missing");
    }

    @Test
    void beginsAnotherInThePlaceOfOneWhoseFilesCannotBeLookedAt() {
        Run killed = killed();
        check.set((manifest, parts) -> {
            throw new IllegalStateException("S3 is away");
        });

        assertBegunAnew(killed, "looking at them failed: Step stage failed: S3 is away");
    }

    @Test
    void beginsAnotherInThePlaceOfOneThatHadNoManifest() {
        Run killed = killed(run -> run.begin(Step.EXTRACT));

        assertBegunAnew(killed, "it ended before its manifest was written");
    }

    @Test
    void beginsAnotherIfTheQueryIsAnotherNow() {
        Run killed = killed();
        query.set("SELECT 2");

        assertBegunAnew(killed, "the pipeline's query has changed");
    }

    @Test
    void beginsAnotherAfterALaterOneThatIsPublished() {
        Run killed = killed();
        Instant now = Instant.now();
        Run later = new Run(RunId.at(now), "customers", now);
        later.setLease(ledger.begin(later));
        later.setPublished(new TableName("public", "customers"));
        later.close(new Run.Outcome(Instant.now(), Optional.empty()));

        Run run = goOn(killed);

        assertThat(run.id()).isNotEqualTo(killed.id());
        assertThat(ledger.find(run.id()).orElseThrow().resumptions().get(0).anew())
                .hasValueSatisfying(why ->
                        assertThat(why).contains("run " + later.id() + " of pipeline 'customers', which began later"));
    }

    @Test
    void doesNothingIfSomebodyHasResumedItMeanwhile() {
        Run killed = killed();
        goOn(killed);

        Exchange again = send(killed);

        assertThat(again.getException())
                .hasMessageContaining("somebody has resumed run " + killed.id() + ", and it is done");
        assertThat(ledger.latest(Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void leavesTheRunOfAnotherPipelineAlone() {
        Run killed = killed();

        Exchange exchange = context.createProducerTemplate().send("direct:customers", sent -> {
            sent.setProperty(Runs.INTERRUPTED, killed.id());
            Runs.of(context).begin(sent, "orders");
        });

        Run other = Runs.find(exchange).orElseThrow();
        assertThat(other.id()).isNotEqualTo(killed.id());
        assertThat(other.recovery().replaced()).isEmpty();
    }

    /** The second node died between the end of the run with which it went on and noting that the time is over. */
    @Test
    void runsNoTimeAgainWhoseRunAnotherNodeEnded() {
        Run killed = killed();
        goOn(killed);

        assertThat(schedules().take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("its run " + killed.id() + " is done"));
    }

    /** Somebody at a command line was quicker than the other node. */
    @Test
    void runsNoTimeAgainWhoseRunWasResumedByHand() {
        Run killed = killed(InterruptedRunsTest::stage, Expecting.NOBODY);
        await().until(() -> ledger.find(killed.id()).orElseThrow().run().state() == RunState.INTERRUPTED);
        goOn(killed);

        assertThat(schedules().take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("its run " + killed.id() + " is done"));
    }

    @Test
    void isKnownToAServiceThatStarts() {
        assertThat(schedules().unfinished("customers")).isEmpty();
        Run killed = killed(InterruptedRunsTest::stage, Expecting.NOBODY);

        assertThat(schedules().unfinished("customers"))
                .hasValueSatisfying(fire -> assertThat(fire.key()).isEqualTo(FIRE.key()));
        assertThat(schedules().unfinished("orders")).isEmpty();

        await().until(() -> schedules().take(FIRE, Attempt.AGAIN), new Granted(Optional.of(killed.id()))::equals);
        goOn(killed);
        assertThat(schedules().unfinished("customers")).as("it is done").isEmpty();
    }

    @Test
    void isLeftToTheNextTimeOnceThatHasCome() {
        killed(InterruptedRunsTest::stage, Expecting.NOBODY);

        schedules().take(Fire.at("customers", Instant.parse("2026-11-30T05:00:00Z")), Attempt.FIRST);

        assertThat(schedules().unfinished("customers")).isEmpty();
    }

    private void assertBegunAnew(Run killed, String why) {
        Run run = goOn(killed);

        assertThat(run.id()).isNotEqualTo(killed.id());
        assertThat(run.recovery().resumption()).isEmpty();
        assertThat(run.recovery().replaced()).contains(new Replaced(killed.id(), why, Optional.empty()));
        assertThat(ledger.find(killed.id()).orElseThrow().run().state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(ledger.find(run.id()).orElseThrow().resumptions())
                .singleElement()
                .satisfies(resumed -> {
                    assertThat(resumed.interrupted()).isEqualTo(killed.id());
                    assertThat(resumed.before().host()).isEqualTo("node-1");
                    assertThat(resumed.anew()).contains(why);
                });
        assertThat(schedules().take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("its run " + run.id() + " is done"));
    }

    private Run goOn(Run killed) {
        Exchange exchange = send(killed);
        assertThat(exchange.getException()).isNull();
        return Runs.find(exchange).orElseThrow();
    }

    private Exchange send(Run killed) {
        return context.createProducerTemplate()
                .send("direct:customers", exchange -> exchange.setProperty(Runs.INTERRUPTED, killed.id()));
    }

    private interface Work {
        void in(Run run);
    }

    /** Who takes the time of the killed run. */
    private enum Expecting {
        THE_OTHER_NODE,
        NOBODY
    }

    private Run killed() {
        return killed(InterruptedRunsTest::stage);
    }

    private Run killed(Work work) {
        return killed(work, Expecting.THE_OTHER_NODE);
    }

    /** A run whose node is gone. */
    private Run killed(Work work, Expecting expecting) {
        Run run;
        try (JdbcLedger dying = ledger("node-1", 11, SHORT)) {
            dying.schedules().orElseThrow().take(FIRE, Attempt.FIRST);
            Instant started = Instant.now();
            run = new Run(RunId.at(started), "customers", started);
            run.setQuery("SELECT 1");
            run.setLease(dying.begin(run));
            work.in(run);
        }
        if (expecting == Expecting.THE_OTHER_NODE) {
            await().until(() -> schedules().take(FIRE, Attempt.AGAIN), new Granted(Optional.of(run.id()))::equals);
        }
        return run;
    }

    private static void stage(Run run) {
        run.addPart(PART);
        run.setManifest("s3://bucket/caravan/customers/manifest");
        run.recovery()
                .setFiles(new StagedFiles(
                        new Columns(List.of(new Column("id", new ColumnType.Int(8), true))),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
        run.begin(Step.LOAD);
    }

    private Schedules schedules() {
        return ledger.schedules().orElseThrow();
    }

    private JdbcLedger ledger(String host, long pid, Duration expiry) {
        return new JdbcLedger(database, new Origin(host, pid, "ada", StartedBy.SCHEDULE, ""), Secrets.NONE, expiry);
    }
}
