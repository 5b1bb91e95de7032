package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Fire;
import org.caravan.ledger.Lease;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.Schedules.Attempt;
import org.caravan.ledger.Schedules.Busy;
import org.caravan.ledger.Schedules.Granted;
import org.caravan.ledger.Schedules.Over;
import org.junit.jupiter.api.Test;

/** What a ledger keeps of schedules. */
public abstract class SchedulesContract extends HousekeepingContract {
    private static final Instant DUE = Instant.parse("2026-11-29T05:00:00Z");
    private static final Fire FIRE = Fire.at("customers", DUE);

    @Test
    void givesATimeToOneNodeOnly() {
        Schedules one = schedules(LONG);
        Schedules other = schedules(LONG);

        assertThat(one.take(FIRE, Attempt.FIRST)).isEqualTo(new Granted(Optional.empty()));
        assertThat(other.take(FIRE, Attempt.FIRST)).isInstanceOf(Over.class);
        assertThat(other.take(Fire.at("orders", DUE), Attempt.FIRST)).isInstanceOf(Granted.class);

        one.end(FIRE, Optional.empty(), Optional.of(new Failure(Category.SOURCE, "no such table")));
        assertThat(other.take(FIRE, Attempt.FIRST)).isEqualTo(new Over("it is failed already"));
        assertThat(other.take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("it is failed already"));
    }

    @Test
    void givesATimeOnOnceTheRunOfANodeThatIsGoneHasLostItsLock() {
        JdbcLedger dying = ledger(SHORT);
        dying.schedules().orElseThrow().take(FIRE, Attempt.FIRST);
        Run run = run("customers");
        dying.begin(run);
        dying.close();
        Schedules other = schedules(LONG);

        assertThat(other.take(FIRE, Attempt.AGAIN)).isInstanceOfSatisfying(Busy.class, busy -> assertThat(busy.left())
                .isBetween(Duration.ZERO, SHORT.plusSeconds(1)));
        await().until(() -> other.take(FIRE, Attempt.AGAIN), new Granted(Optional.of(run.id()))::equals);
        assertThat(other.take(FIRE, Attempt.FIRST)).isInstanceOf(Over.class);
    }

    @Test
    void givesATimeOnWhoseNodeBeganNoRun() {
        schedules(LONG).take(FIRE, Attempt.FIRST);

        assertThat(schedules(LONG).take(FIRE, Attempt.AGAIN)).isEqualTo(new Granted(Optional.empty()));
    }

    @Test
    void givesATimeToTheFirstWhoAsksAgainWhereNobodyTookIt() {
        assertThat(schedules(LONG).take(FIRE, Attempt.AGAIN)).isEqualTo(new Granted(Optional.empty()));
    }

    /** The node died between the end of the run and noting that the time is over. */
    @Test
    void runsNoTimeAgainWhoseRunEnded() {
        JdbcLedger dying = ledger(LONG);
        dying.schedules().orElseThrow().take(FIRE, Attempt.FIRST);
        Run run = done(dying, "customers");

        assertThat(schedules(LONG).take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("its run " + run.id() + " is done"));
        assertThat(schedules(LONG).take(FIRE, Attempt.AGAIN)).isEqualTo(new Over("it is done already"));
    }

    @Test
    void skipsTheTimesOfAPipelineThatIsPausedOnAllNodes() {
        Schedules one = schedules(LONG);
        Schedules other = schedules(LONG);

        assertThat(one.pause("customers", "the source moves")).isTrue();
        assertThat(one.pause("customers", "again")).isFalse();

        assertThat(other.pauses()).containsOnlyKeys("customers").allSatisfy((name, pause) -> {
            assertThat(pause.by()).isEqualTo("ada@node-1");
            assertThat(pause.reason()).isEqualTo("the source moves");
        });
        assertThat(other.take(FIRE, Attempt.FIRST)).isInstanceOfSatisfying(Over.class, over -> assertThat(over.why())
                .contains("paused since"));
        assertThat(other.take(Fire.at("orders", DUE), Attempt.FIRST)).isInstanceOf(Granted.class);

        assertThat(other.unpause("customers")).isTrue();
        assertThat(other.unpause("customers")).isFalse();
        assertThat(one.take(FIRE, Attempt.FIRST)).as("a time that was skipped").isInstanceOf(Over.class);
        assertThat(one.take(Fire.at("customers", DUE.plusSeconds(60)), Attempt.FIRST))
                .isInstanceOf(Granted.class);
    }

    @Test
    void knowsBehindWhichTimeOthersWereMissed() {
        Schedules schedules = schedules(LONG);
        Instant first = schedules.since("customers", "0 6 * * *");
        assertThat(schedules.since("customers", "0 6 * * *")).isEqualTo(first);

        Instant later = first.plusSeconds(3600);
        schedules.take(Fire.at("customers", later), Attempt.FIRST);
        assertThat(schedules.since("customers", "0 6 * * *")).isEqualTo(later);
        assertThat(schedules(LONG).since("orders", "0 6 * * *")).isBefore(later);

        schedules.take(Fire.at("customers", DUE.minusSeconds(86_400)), Attempt.FIRST);
        assertThat(schedules.since("customers", "0 6 * * *")).isEqualTo(later);
    }

    @Test
    void beginsAnewWithAnotherTimetable() {
        Schedules schedules = schedules(LONG);
        Instant first = schedules.since("customers", "0 6 * * *");

        assertThat(schedules.since("customers", "0 7 * * *")).isAfter(first);
    }

    @Test
    void followsEachRunThatEndsWellOnce() {
        JdbcLedger ledger = ledger(LONG);
        Schedules schedules = ledger.schedules().orElseThrow();
        done(ledger, "customers");
        schedules.follow("report", Set.of("customers"));
        assertThat(schedules.next("report", Set.of("customers")))
                .as("a run of before")
                .isEmpty();
        ledger.begin(run("customers")).end(failed());
        assertThat(schedules.next("report", Set.of("customers"))).isEmpty();

        Run run = done(ledger, "customers");
        Fire fire = schedules.next("report", Set.of("customers")).orElseThrow();
        assertThat(fire.follows()).isEqualTo(Map.of("customers", run.id()));
        assertThat(schedules(LONG).next("report", Set.of("customers")))
                .map(Fire::key)
                .contains(fire.key());

        assertThat(schedules.take(fire, Attempt.FIRST)).isInstanceOf(Granted.class);
        assertThat(schedules.take(fire, Attempt.FIRST)).isInstanceOf(Over.class);
        assertThat(schedules.next("report", Set.of("customers"))).isEmpty();
        schedules.follow("report", Set.of("customers"));
        done(ledger, "customers");
        assertThat(schedules.next("report", Set.of("customers"))).isPresent();
    }

    @Test
    void waitsForAllThatAPipelineFollows() {
        JdbcLedger ledger = ledger(LONG);
        Schedules schedules = ledger.schedules().orElseThrow();
        Set<String> others = Set.of("customers", "orders");
        schedules.follow("report", others);

        done(ledger, "customers");
        assertThat(schedules.next("report", others)).isEmpty();
        RunId last = done(ledger, "orders").id();
        Fire fire = schedules.next("report", others).orElseThrow();
        assertThat(fire.key()).isEqualTo("after " + last);

        schedules.take(fire, Attempt.FIRST);
        done(ledger, "orders");
        assertThat(schedules.next("report", others)).isEmpty();
    }

    @Test
    void knowsWhatTheNodesServeThatAreUp() {
        Schedules one = schedules(LONG);
        Schedules other = schedules(LONG);
        one.serve("a", Set.of("customers", "orders"));
        other.serve("b", Set.of("orders", "profile"));
        assertThat(one.served(LONG)).containsExactlyInAnyOrder("customers", "orders", "profile");

        one.serve("a", Set.of("orders"));
        other.leave("b");
        assertThat(one.served(LONG)).containsExactly("orders");
        await().until(() -> one.served(Duration.ofMillis(50)).isEmpty());
    }

    private Schedules schedules(Duration expiry) {
        return ledger(expiry).schedules().orElseThrow();
    }

    private static Run done(JdbcLedger ledger, String pipeline) {
        Run run = run(pipeline);
        Lease lease = ledger.begin(run);
        lease.end(new Run.Outcome(Instant.now(), Optional.empty()));
        return run;
    }
}
