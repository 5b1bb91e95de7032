package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.FileChange;
import org.caravan.ledger.FileChanges;
import org.caravan.ledger.Housekeeping;
import org.caravan.ledger.Lease;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunState;
import org.caravan.ledger.StagedPart;
import org.caravan.schema.TableName;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What a ledger says of who owns what, and which runs it forgets. */
public abstract class HousekeepingContract extends LedgerContract {
    @Test
    void tellsWhatEachRunOwnsAndWhichOneReadersSee() {
        JdbcLedger ledger = ledger(LONG);
        Run first = published(ledger, "customers");
        Run second = published(ledger, "customers");
        Run failed = run("customers");
        ledger.begin(failed).end(failed());
        Run other = run("orders");
        Lease lease = ledger.begin(other);
        lease.add(new StagedPart(1, "k/1", 1, 10, 0));
        lease.add(new StagedPart(2, "k/2", 1, 10, 0));

        Housekeeping keeping = ledger.housekeeping();

        assertThat(keeping.runs(Optional.of("customers")))
                .extracting(OwnedRun::id, OwnedRun::state, OwnedRun::standing)
                .containsExactly(
                        tuple(first.id(), RunState.DONE, false),
                        tuple(second.id(), RunState.DONE, true),
                        tuple(failed.id(), RunState.FAILED, false));
        assertThat(keeping.runs(Optional.empty())).hasSize(4);
        assertThat(keeping.keys(Optional.of("customers"))).isEmpty();
        assertThat(keeping.keys(Optional.empty())).containsOnlyKeys(other.id()).containsValue(Set.of("k/1", "k/2"));
    }

    @Test
    void keepsWhatBecameOfFiles() {
        FileChanges changes = ledger(LONG).fileChanges();
        Instant first = Instant.parse("2026-01-01T10:00:00Z");
        FileChange good = new FileChange(
                first, "a.xml", "ab12", FileChange.Outcome.ACCEPTED, "in force; routes a", Optional.of("ada"));
        FileChange bad = new FileChange(
                first.plusSeconds(1), "a.xml", "cd34", FileChange.Outcome.REFUSED, "line 3: no", Optional.empty());

        changes.keep(good);
        changes.keep(bad);
        changes.keep(bad);

        assertThat(changes.latest(10)).containsExactly(bad, good);
        assertThat(changes.latest(1)).containsExactly(bad);
    }

    @Test
    void givesNothingOfARunAwayThatIsUnderWay() {
        JdbcLedger ledger = ledger(LONG);
        Run run = run("customers");
        Lease lease = ledger.begin(run);
        Housekeeping keeping = ledger.housekeeping();

        assertThat(keeping.claim(run.id())).isFalse();
        assertThat(keeping.forget(run.id())).isFalse();

        lease.end(failed());
        assertThat(keeping.claimed(run.id())).isEmpty();
        assertThat(keeping.claim(run.id())).isTrue();
        assertThat(keeping.claimed(run.id())).isPresent();
        assertThat(keeping.forget(run.id())).isTrue();
        assertThat(keeping.claimed(run.id())).isEmpty();
        assertThat(ledger.find(run.id())).isEmpty();
        assertThat(keeping.claim(run.id())).as("a run that is not known").isFalse();
    }

    @Test
    void givesAwayWhatADeadRunOwns() {
        JdbcLedger ledger = ledger(SHORT);
        Run run = run("customers");
        ledger.begin(run);
        ledger.close();
        Housekeeping keeping = ledger(SHORT).housekeeping();

        await().until(() -> keeping.claim(run.id()));

        assertThat(keeping.runs(Optional.empty())).extracting(OwnedRun::state).containsExactly(RunState.INTERRUPTED);
    }

    @Test
    void forgetsNeitherWhatReadersSeeNorWhereAWatermarkIs() {
        JdbcLedger ledger = ledger(LONG);
        Run marked = published(ledger, "customers");
        Run last = published(ledger, "customers");
        Jdbi.create(database())
                .useHandle(handle -> handle.execute(
                        "INSERT INTO caravan_watermark (pipeline, name, high_value, run_id, advanced)"
                                + " VALUES ('customers', 'id', '7', ?, CURRENT_TIMESTAMP)",
                        marked.id().value()));
        Housekeeping keeping = ledger.housekeeping();

        assertThat(List.of(keeping.forget(marked.id()), keeping.forget(last.id())))
                .containsOnly(false);

        assertThat(ledger.latest(Optional.empty(), 10)).hasSize(2);
    }

    private static Run published(JdbcLedger ledger, String pipeline) {
        Run run = run(pipeline);
        Lease lease = ledger.begin(run);
        run.setPublished(new TableName("public", pipeline));
        assertThat(lease.end(done()).ended()).isAfterOrEqualTo(run.started().truncatedTo(ChronoUnit.MILLIS));
        return run;
    }
}
