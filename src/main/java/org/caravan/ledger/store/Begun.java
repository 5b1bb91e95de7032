package org.caravan.ledger.store;

import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.caravan.ledger.Fire;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.jdbi.v3.core.Handle;

/** A run that was begun for a time, or went on for it; immutable. */
record Begun(RunId id, String state, boolean cancelled) {
    boolean isOver() {
        return cancelled || state.equals(RunState.DONE.label()) || state.equals(RunState.FAILED.label());
    }

    /**
     * The run that a process began, or went on with, last since it took a time; both by that process' clock. Whoever has gone on with it
     * since, such as somebody at a command line, is noted as its process now.
     */
    static Optional<Begun> find(Handle handle, Fire fire, Taken taken) {
        return handle.createQuery(
                        "SELECT r.run_id, r.state, (SELECT COUNT(*) FROM caravan_cancel c WHERE c.run_id = r.run_id"
                                + " AND c.token = r.token) AS requests FROM caravan_run r WHERE r.pipeline = :pipeline AND ("
                                + "(r.host = :host AND r.pid = :pid AND r.started >= :taken) OR EXISTS (SELECT 1 FROM"
                                + " caravan_resumption g WHERE g.run_id = r.run_id AND ("
                                + "(g.host = :host AND g.pid = :pid AND g.resumed >= :taken) OR"
                                + " (g.host_before = :host AND g.pid_before = :pid AND g.interrupted = r.run_id AND r.started >="
                                + " :taken)))) ORDER BY r.run_id DESC FETCH FIRST 1 ROW ONLY")
                .bind("pipeline", fire.pipeline())
                .bind("host", taken.host())
                .bind("pid", taken.pid())
                .bind("taken", taken.taken().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                .map((row, context) -> new Begun(
                        new RunId(row.getString("run_id")), row.getString("state"), row.getInt("requests") > 0))
                .findOne();
    }
}
