package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Increment;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Mark;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Standing;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.caravan.ledger.Watermarks;
import org.caravan.schema.TableName;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a ledger does on every database that it may be kept in. */
public abstract class LedgerContract {
    protected static final Duration LONG = Duration.ofMinutes(10);
    protected static final Duration SHORT = Duration.ofSeconds(2);
    private static final Origin HERE = new Origin("node-1", 4711, "ada", StartedBy.SCHEDULE, "0".repeat(64));
    private static final String SECRET = "c4n4ry/s3cret";

    private final List<JdbcLedger> opened = new ArrayList<>();

    /** The database of this test, which holds no ledger yet. */
    protected abstract DataSource database();

    @AfterEach
    void close() {
        opened.forEach(JdbcLedger::close);
    }

    @Test
    void keepsARunWhole() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        assertThat(lease.secrets().masked("said " + SECRET)).isEqualTo("said ***");
        run.begin(Step.EXTRACT);
        run.setQuery("SELECT 1");
        run.begin(Step.STAGE);
        lease.enter(Step.STAGE);
        lease.add(new StagedPart(2, "k/2", 40, 4_000, 0xffff_ffffL));
        lease.add(new StagedPart(1, "k/1", 60, 6_000_000_000L, 1));
        run.count(Point.SOURCE, 100);
        run.count(Point.FILES, 100);
        run.digest(Point.FILES, "1:100:a:b");
        run.addAlteration("name", "onOverflow=truncate");
        run.addAlteration("name", "onOverflow=truncate");
        run.warnings().add(new Warning("rows < 1000", "the result has 100 rows"));
        run.warnings().add(new Warning("nulls(name) > 0", "there is " + SECRET));
        run.setManifest("s3://b/k/manifest.json");
        run.setPublished(new TableName("public", "customers"));
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MICROS);

        assertThat(lease.end(new Run.Outcome(ended, Optional.empty())).isDone()).isTrue();

        RunDetails details = ledger.find(run.id()).orElseThrow();
        KeptRun kept = details.run();
        assertThat(kept.id()).isEqualTo(run.id());
        assertThat(kept.pipeline()).isEqualTo("customers");
        assertThat(kept.state()).isEqualTo(RunState.DONE);
        assertThat(kept.started()).isEqualTo(run.started());
        assertThat(kept.ended()).contains(ended);
        assertThat(kept.origin()).isEqualTo(HERE);
        assertThat(kept.configuration()).matches("[0-9a-f]{64}");
        assertThat(kept.query()).isEqualTo(run.query()).isPresent();
        assertThat(kept.token()).isEqualTo(lease.token().orElseThrow());
        assertThat(kept.table()).contains("public.customers");
        assertThat(kept.manifest()).contains("s3://b/k/manifest.json");
        assertThat(kept.failure()).isEmpty();
        assertThat(kept.rows()).containsOnlyKeys(Point.SOURCE, Point.FILES).containsEntry(Point.FILES, 100L);
        assertThat(kept.parts()).isEqualTo(2);
        assertThat(kept.bytes()).isEqualTo(6_000_004_000L);
        assertThat(details.parts())
                .containsExactly(
                        new StagedPart(1, "k/1", 60, 6_000_000_000L, 1),
                        new StagedPart(2, "k/2", 40, 4_000, 0xffff_ffffL));
        assertThat(details.digests()).containsOnlyKeys(Point.FILES).containsValue("1:100:a:b");
        assertThat(details.alterations()).isEqualTo(Map.of("name", Map.of("onOverflow=truncate", 2L)));
        assertThat(details.warnings())
                .startsWith(new Warning("rows < 1000", "the result has 100 rows"))
                .hasSize(2)
                .noneMatch(warning -> warning.message().contains(SECRET));
        assertThat(details.steps()).containsOnlyKeys(Step.EXTRACT, Step.STAGE);
        assertThat(details.steps().get(Step.STAGE).began()).isBetween(run.started(), ended);
    }

    @Test
    void keepsWhatARunReadsAndMovesTheMarkOnceItIsPublishedAndVerified() {
        JdbcLedger ledger = ledger(LONG);
        Run first = increment(ledger, "10", true, done());
        // A guard or the verification of the staging table stopped it; it was published, and the verification after
        // that failed.
        increment(ledger, "20", false, failed());
        Run failed = increment(ledger, "30", true, failed());

        Watermarks.Kept kept = ledger.mark("customers", "id").orElseThrow();
        assertThat(kept.mark()).isEqualTo(new Mark("id", "bigint", "10"));
        assertThat(kept.run()).isEqualTo(first.id());
        assertThat(ledger.mark("customers", "updated_at")).isEmpty();
        assertThat(ledger.mark("orders", "id")).isEmpty();
        assertThat(ledger.increment(failed.id())).isEqualTo(failed.parameters().increment());

        // Nothing new: it ended well, and there was nothing to publish.
        increment(ledger, "40", false, done());
        assertThat(ledger.mark("customers", "id").orElseThrow().mark().value()).isEqualTo("10");
        increment(ledger, "50", true, done());
        assertThat(ledger.mark("customers", "id").orElseThrow().mark().value()).isEqualTo("50");
    }

    private static Run increment(JdbcLedger ledger, String high, boolean published, Run.Outcome how) {
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        run.parameters()
                .setIncrement(new Increment(
                        "id", Optional.of("id"), "bigint", "0", high, Increment.Overlap.SOME, Increment.Modes.SAFE));
        if (published) {
            run.setPublished(new TableName("public", "customers"));
        }
        lease.end(how);
        return run;
    }

    @Test
    void mayNoteTheSameTwice() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        run.begin(Step.EXTRACT);
        run.count(Point.SOURCE, 1);
        for (int i = 0; i < 2; i++) {
            lease.enter(Step.EXTRACT);
            lease.add(new StagedPart(1, "k/1", 1, 10, 0));
        }

        RunDetails details = ledger.find(run.id()).orElseThrow();
        assertThat(details.run().state()).isEqualTo(RunState.RUNNING);
        assertThat(details.run().rows()).hasSize(1);
        assertThat(details.parts()).hasSize(1);
        assertThat(details.steps()).hasSize(1);
        // The reply to the taking of the lock was lost, and it is asked for again.
        assertThat(ledger.begin(run).token()).isEqualTo(lease.token());
    }

    @Test
    void saysHowPipelinesStand() {
        JdbcLedger ledger = ledger(LONG);
        Instant ended = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Run first = run("customers");
        ledger.begin(first).end(new Run.Outcome(ended, Optional.empty()));
        Run second = run("customers");
        ledger.begin(second)
                .end(new Run.Outcome(ended.plusSeconds(60), Optional.of(new Failure(Category.LOAD, "no room"))));
        Run third = run("customers");
        ledger.begin(third);

        Map<String, Standing> standings = ledger.standings(Set.of("customers", "orders"));

        assertThat(standings).containsOnlyKeys("customers", "orders");
        assertThat(standings.get("orders")).isEqualTo(new Standing(List.of(), Optional.empty()));
        Standing customers = standings.get("customers");
        assertThat(customers.lastDone()).contains(ended);
        assertThat(customers.last().orElseThrow().id()).isEqualTo(third.id());
        assertThat(customers.last().orElseThrow().state()).isEqualTo(RunState.RUNNING);
        assertThat(customers.lastOver().orElseThrow().id()).isEqualTo(second.id());
    }

    @Test
    void refusesASecondRunAndSaysWhichHoldsTheLock() {
        Run first = run("customers");
        ledger(LONG).begin(first);

        assertThatThrownBy(() -> ledger(LONG).begin(run("customers")))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll(
                        "Pipeline 'customers' is under way already",
                        "run " + first.id() + " holds its lock since 20",
                        "on host node-1 (process 4711, user ada), started by schedule",
                        "its last heartbeat was ",
                        " s ago",
                        "the lock expires at 20")
                .extracting("category")
                .isEqualTo(Category.CONFIG);
        assertThat(ledger(LONG).latest(Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void locksEachPipelineByItself() {
        JdbcLedger ledger = ledger(LONG);
        ledger.begin(run("customers"));

        assertThat(ledger.begin(run("orders")).token()).isPresent();
    }

    @Test
    void givesEveryRunAGreaterToken() {
        JdbcLedger ledger = ledger(LONG);
        // Greater than those of a ledger that was here before, too: Redshift remembers them.
        long before = System.currentTimeMillis();
        for (int i = 0; i < 3; i++) {
            Lease lease = ledger.begin(run("customers"));
            assertThat(lease.token().orElseThrow()).isGreaterThan(before);
            before = lease.token().orElseThrow();
            lease.end(done());
        }
    }

    @Test
    void givesTheLockToOneOfMany() throws Exception {
        List<JdbcLedger> ledgers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ledgers.add(ledger(LONG));
        }
        ExecutorService threads = Executors.newFixedThreadPool(ledgers.size());
        try {
            for (int round = 0; round < 3; round++) {
                String pipeline = "p" + round;
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Boolean>> tries = new ArrayList<>();
                for (JdbcLedger ledger : ledgers) {
                    tries.add(threads.submit(() -> {
                        start.await();
                        return begins(ledger, pipeline);
                    }));
                }
                start.countDown();

                int won = 0;
                for (Future<Boolean> attempt : tries) {
                    won += attempt.get() ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
                assertThat(ledgers.get(0).latest(Optional.of(pipeline), 10)).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean begins(JdbcLedger ledger, String pipeline) {
        try {
            ledger.begin(run(pipeline));
            return true;
        } catch (CaravanException e) {
            assertThat(e).hasMessageContaining("is under way already");
            return false;
        }
    }

    @Test
    void keepsTheLockByHeartbeatsWhileTheRunLives() {
        Run run = run("customers");
        JdbcLedger owner = ledger(SHORT);
        Lease lease = owner.begin(run);
        JdbcLedger other = ledger(SHORT);

        await().during(SHORT.multipliedBy(2)).atMost(SHORT.multipliedBy(20)).untilAsserted(() -> assertThatThrownBy(
                        () -> other.begin(run("customers")))
                .hasMessageContaining("is under way already"));

        assertThat(run.failure()).isEmpty();
        assertThat(lease.end(done()).isDone()).isTrue();
    }

    @Test
    void givesTheLockOnWhenNoHeartbeatComes() {
        Run lost = run("customers");
        JdbcLedger dead = ledger(SHORT);
        Lease old = dead.begin(lost);
        old.add(new StagedPart(1, "k/1", 1, 10, 0));
        dead.close();
        JdbcLedger next = ledger(LONG);

        await().untilAsserted(() -> assertThat(
                        next.find(lost.id()).orElseThrow().run().state())
                .as("as it is told, before anybody noted it")
                .isEqualTo(RunState.INTERRUPTED));
        Lease lease = next.begin(run("customers"));

        assertThat(lease.token().orElseThrow()).isGreaterThan(old.token().orElseThrow());
        RunDetails kept = next.find(lost.id()).orElseThrow();
        assertThat(kept.run().state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(kept.run().ended()).isPresent();
        assertThat(kept.run().failure().orElseThrow().category()).isEqualTo(Category.INTERRUPTED);
        assertThat(kept.run().failure().orElseThrow().message())
                .startsWith(
                        "The run was not heard of again: its last heartbeat on host node-1 (process 4711, user ada)");
        assertThat(kept.parts()).hasSize(1);

        // The owner of before wakes up.
        assertLost(() -> old.enter(Step.PUBLISH));
        assertLost(() -> old.add(new StagedPart(2, "k/2", 1, 10, 0)));
        assertThat(lost.failure()).containsInstanceOf(CaravanException.class);
        Run.Outcome stands = old.end(done());
        assertThat(stands.failure().map(Failure::category)).contains(Category.INTERRUPTED);
        assertThat(next.find(lost.id()).orElseThrow()).isEqualTo(kept);
        assertThatCode(() -> lease.enter(Step.EXTRACT)).doesNotThrowAnyException();
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("lost its lock")
                .extracting("category")
                .isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void failsARunWhoseHeartbeatFindsAnotherOwner() {
        Run run = run("customers");
        JdbcLedger ledger = ledger(SHORT);
        ledger.begin(run);
        Jdbi.create(database())
                .useHandle(handle -> handle.execute(
                        "UPDATE caravan_lock SET token = token + 1, run_id = '20260131t060000000_4x7qa'"));

        await().untilAsserted(() -> assertThat(run.failure()).containsInstanceOf(CaravanException.class));
    }

    @Test
    void keepsNoSecret() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        run.begin(Step.EXTRACT);
        run.setQuery("SELECT '" + SECRET + "'");
        run.parameters().add(new RunParameters.Parameter("region", "text", "at " + SECRET));
        run.parameters().add(new RunParameters.Parameter("password", "text", "swordfish"));
        run.warnings().add(new Warning("rows < 5", "looked at with " + SECRET));
        lease.enter(Step.EXTRACT);
        lease.end(new Run.Outcome(
                Instant.now(),
                Optional.of(new Failure(
                        Category.SOURCE,
                        "The driver said: no login with " + SECRET + " at jdbc:x://ada:hunter22@host;PWD=swordfish"))));

        assertThat(ledger.find(run.id())
                        .orElseThrow()
                        .run()
                        .failure()
                        .orElseThrow()
                        .message())
                .isEqualTo("The driver said: no login with *** at jdbc:x://ada:***@host;PWD=***");
        assertThat(everything())
                .contains("at ***", "looked at with ***")
                .noneMatch(text -> text.contains(SECRET) || text.contains("swordfish"));
    }

    /** All values of all tables. */
    private List<String> everything() {
        return Jdbi.create(database()).withHandle(handle -> {
            List<String> values = new ArrayList<>();
            List<String> tables = handle.createQuery(
                            "SELECT table_name FROM information_schema.tables WHERE LOWER(table_name) LIKE 'caravan!_%' ESCAPE '!'")
                    .mapTo(String.class)
                    .list();
            for (String table : tables) {
                handle.createQuery("SELECT * FROM \"" + table + "\"").mapToMap().forEach(row -> row.values()
                        .forEach(value -> values.add(String.valueOf(value))));
            }
            return values;
        });
    }

    @Test
    void cutsAMessageThatIsTooLong() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Failure failure = new Failure(Category.LOAD, "x".repeat(100_000));

        Run.Outcome stands = ledger.begin(run).end(new Run.Outcome(Instant.now(), Optional.of(failure)));

        assertThat(stands.failure()).contains(failure);
        assertThat(ledger.find(run.id())
                        .orElseThrow()
                        .run()
                        .failure()
                        .orElseThrow()
                        .message())
                .hasSize(20_000)
                .endsWith("x…");
    }

    @Test
    void listsTheLatestRunsFirst() {
        JdbcLedger ledger = ledger(LONG);
        List<RunId> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String pipeline = i % 2 == 0 ? "customers" : "orders";
            Instant start = Instant.parse("2026-01-31T06:00:00Z").plusSeconds(i);
            Run run = new Run(RunId.at(start), pipeline, start);
            ids.add(0, run.id());
            ledger.begin(run).end(i == 4 ? failed() : done());
        }

        assertThat(ledger.latest(Optional.empty(), 10)).extracting(KeptRun::id).isEqualTo(ids);
        assertThat(ledger.latest(Optional.empty(), 2)).extracting(KeptRun::id).isEqualTo(ids.subList(0, 2));
        assertThat(ledger.latest(Optional.of("customers"), 10))
                .extracting(KeptRun::state)
                .containsExactly(RunState.FAILED, RunState.DONE, RunState.DONE);
        assertThat(ledger.latest(Optional.of("nothing"), 10)).isEmpty();
        assertThat(ledger.find(RunId.at(Instant.EPOCH))).isEmpty();
    }

    @Test
    void callsAStoppedRunInterrupted() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Failure stopped = new Failure(Category.INTERRUPTED, "The run was stopped in step load.");

        // As a route that is forced to stop does.
        Thread.currentThread().interrupt();
        try {
            ledger.begin(run).end(new Run.Outcome(Instant.now(), Optional.of(stopped)));
        } finally {
            assertThat(Thread.interrupted()).as("the caller is told as well").isTrue();
        }

        KeptRun kept = ledger.find(run.id()).orElseThrow().run();
        assertThat(kept.state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(kept.failure()).contains(stopped);
    }

    @Test
    void tellsTheLastRunThatEndedWellAndHadRows() {
        JdbcLedger ledger = ledger(LONG);
        assertThat(ledger.lastGood("customers")).isEmpty();
        end(ledger, "customers", 90, done());
        end(ledger, "customers", 100, done());
        end(ledger, "customers", 50, failed());
        end(ledger, "customers", 0, done());
        end(ledger, "orders", 7, done());
        ledger.begin(run("customers"));

        assertThat(ledger.lastGood("customers").orElseThrow().rows()).containsEntry(Point.SOURCE, 100L);
    }

    private static void end(JdbcLedger ledger, String pipeline, long rows, Run.Outcome outcome) {
        Run run = run(pipeline);
        Lease lease = ledger.begin(run);
        run.count(Point.SOURCE, rows);
        lease.end(outcome);
    }

    @Test
    void livesBesideOtherTables() {
        Jdbi jdbi = Jdbi.create(database());
        jdbi.useHandle(handle -> handle.execute("CREATE TABLE of_another (id INT)"));
        ledger(LONG).begin(run("customers"));

        assertThat(ledger(LONG).latest(Optional.empty(), 1)).hasSize(1);
        jdbi.useHandle(handle -> handle.execute("DROP TABLE of_another"));
    }

    protected final JdbcLedger ledger(Duration lockExpiry) {
        JdbcLedger ledger = new JdbcLedger(database(), HERE, Secrets.of(List.of(SECRET)), lockExpiry);
        opened.add(ledger);
        return ledger;
    }

    protected static Run run(String pipeline) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new Run(RunId.at(start), pipeline, start);
    }

    protected static Run.Outcome done() {
        return new Run.Outcome(Instant.now(), Optional.empty());
    }

    protected static Run.Outcome failed() {
        return new Run.Outcome(Instant.now(), Optional.of(new Failure(Category.LOAD, "no room")));
    }
}
