package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Optional;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Fire;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Schedules.Attempt;
import org.caravan.ledger.Schedules.Over;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** How a process asks another that it cancel a run. */
public abstract class CancellationContract extends SchedulesContract {
    private static final Fire FIRE = Fire.at("customers", Instant.parse("2026-11-29T05:00:00Z"));

    @Test
    void tellsARunAtItsHeartbeatThatItIsToBeCancelledAndNoOther() {
        JdbcLedger ledger = ledger(SHORT);
        Run run = run("customers");
        Run other = run("orders");
        ledger.begin(run);
        Lease goesOn = ledger.begin(other);

        Cancellation request = ledger(LONG).cancellations().ask(run.id()).orElseThrow();

        assertThat(request.by()).isEqualTo("user ada on host node-1 (process 4711)");
        assertThat(request.seen()).isEmpty();
        await().until(() -> run.recovery().stop().isRequested());
        assertThat(run.failure().orElseThrow())
                .hasMessage("The run was cancelled in step extract, as user ada on host node-1 (process 4711) asked.")
                .extracting("category")
                .isEqualTo(Category.INTERRUPTED);
        Cancellation seen = cancellation(run.id()).orElseThrow();
        assertThat(seen.asked()).isEqualTo(request.asked());
        assertThat(seen.seen()).isPresent();
        assertThat(other.recovery().stop().isRequested()).isFalse();
        goesOn.enter(Step.STAGE);
    }

    @Test
    void letsARunThatIsToBeCancelledBeginNoStepAndSendNoPart() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        lease.enter(Step.EXTRACT);
        ledger(LONG).cancellations().ask(run.id());

        assertThatThrownBy(() -> lease.add(new StagedPart(1, "k/1", 1, 10, 0)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("The run was cancelled");
        assertThatThrownBy(() -> lease.enter(Step.PUBLISH)).hasMessageContaining("The run was cancelled");
        assertThat(run.recovery().stop().isRequested()).isTrue();

        Failure cancelled = new Failure(Category.INTERRUPTED, "The run was cancelled.");
        lease.end(new Run.Outcome(Instant.now(), Optional.of(cancelled)));

        RunDetails kept = ledger.find(run.id()).orElseThrow();
        assertThat(kept.run().state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(kept.cancellation().orElseThrow().seen()).isPresent();
        assertThat(ledger.begin(run("customers")).token())
                .as("the lock is free")
                .isPresent();
    }

    @Test
    void keepsTheFirstRequest() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        ledger.begin(run);

        Optional<Cancellation> first = ledger.cancellations().ask(run.id());

        assertThat(first).isPresent();
        assertThat(ledger.cancellations().ask(run.id())).isEqualTo(first);
        assertThat(cancellation(run.id())).isEqualTo(first);
    }

    @Test
    void asksNothingOfARunThatHasEndedOrThatThereIsNot() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        ledger.begin(run).end(done());

        assertThat(ledger.cancellations().ask(run.id())).isEmpty();
        assertThat(ledger.cancellations().ask(RunId.at(Instant.EPOCH))).isEmpty();
        assertThat(cancellation(run.id())).isEmpty();
    }

    /** A process may only have been paused. */
    @Test
    void asksARunThatIsNotHeardOf() {
        JdbcLedger paused = ledger(SHORT);
        Run run = run("customers");
        Lease lease = paused.begin(run);
        paused.close();
        await().until(() -> ledger(LONG).find(run.id()).orElseThrow().run().state(), RunState.INTERRUPTED::equals);

        assertThat(ledger(LONG).cancellations().ask(run.id())).isPresent();

        assertThatThrownBy(() -> lease.enter(Step.PUBLISH)).hasMessageContaining("The run was cancelled");
    }

    /** A run that is resumed has another token. */
    @Test
    void holdsNoRequestAgainstARunThatGoesOn() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        Optional<Cancellation> first = ledger.cancellations().ask(run.id());
        lease.end(new Run.Outcome(
                Instant.now(), Optional.of(new Failure(Category.INTERRUPTED, "The run was cancelled."))));

        Jdbi.create(database())
                .useHandle(handle -> handle.execute("UPDATE caravan_run SET state = 'running', token = token + 1"));

        assertThat(cancellation(run.id())).isEmpty();
        assertThat(ledger.cancellations().ask(run.id())).isPresent().isNotEqualTo(first);
    }

    /** Its node died before it had noted that the time is over, or even that the run is. */
    @Test
    void runsNoTimeAgainWhoseRunWasToBeCancelled() {
        JdbcLedger dying = ledger(SHORT);
        dying.schedules().orElseThrow().take(FIRE, Attempt.FIRST);
        Run run = run("customers");
        dying.begin(run);
        dying.cancellations().ask(run.id());
        dying.close();

        await().untilAsserted(
                        () -> assertThat(ledger(LONG).schedules().orElseThrow().take(FIRE, Attempt.AGAIN))
                                .isEqualTo(new Over("its run " + run.id() + " is cancelled")));
        assertThat(ledger(LONG).schedules().orElseThrow().take(FIRE, Attempt.AGAIN))
                .isEqualTo(new Over("it is failed already"));
    }

    private Optional<Cancellation> cancellation(RunId run) {
        return ledger(LONG).find(run).orElseThrow().cancellation();
    }
}
