package org.caravan.ledger.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.Cancellations;
import org.caravan.ledger.Origin;
import org.caravan.ledger.RunId;
import org.jdbi.v3.core.Handle;

/** The requests to cancel runs that are kept in the ledger's database. Thread-safe. */
final class JdbcCancellations implements Cancellations {
    private static final String COLUMNS = "SELECT c.asked, c.host, c.pid, c.os_user, c.seen FROM caravan_cancel c";

    private final Transactions transactions;
    private final Origin origin;

    /** @param origin who asks */
    JdbcCancellations(Transactions transactions, Origin origin) {
        this.transactions = requireNonNull(transactions, "transactions");
        this.origin = requireNonNull(origin, "origin");
    }

    @Override
    public Optional<Cancellation> ask(RunId run) {
        return transactions.run("Asking that run " + run + " be cancelled", handle -> ask(handle, run));
    }

    private Optional<Cancellation> ask(Handle handle, RunId run) {
        // Nobody ends the run meanwhile.
        handle.createQuery("SELECT token FROM caravan_lock WHERE pipeline ="
                        + " (SELECT pipeline FROM caravan_run WHERE run_id = :run) FOR UPDATE")
                .bind("run", run.value())
                .mapTo(Long.class)
                .list();
        handle.createUpdate("INSERT INTO caravan_cancel (run_id, token, asked, host, pid, os_user)"
                        + " SELECT r.run_id, r.token, CURRENT_TIMESTAMP, :host, :pid, :user FROM caravan_run r"
                        + " WHERE r.run_id = :run AND r.state = 'running' AND NOT EXISTS (SELECT 1 FROM caravan_cancel c"
                        + " WHERE c.run_id = r.run_id AND c.token = r.token)")
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("user", origin.user())
                .bind("run", run.value())
                .execute();
        return handle.createQuery(COLUMNS + " JOIN caravan_run r ON r.run_id = c.run_id AND r.token = c.token"
                        + " WHERE r.run_id = :run AND r.state = 'running'")
                .bind("run", run.value())
                .map((row, context) -> of(row))
                .findOne();
    }

    /** The request to a run since it was begun or resumed last, within the caller's transaction. */
    static Optional<Cancellation> find(Handle handle, RunId run, long token) {
        return handle.createQuery(COLUMNS + " WHERE c.run_id = :run AND c.token = :token")
                .bind("run", run.value())
                .bind("token", token)
                .map((row, context) -> of(row))
                .findOne();
    }

    /** The same for the run itself: it is noted that it has seen the request. */
    static Optional<Cancellation> see(Handle handle, RunId run, long token) {
        Optional<Cancellation> request = find(handle, run, token);
        if (request.isPresent() && request.get().seen().isEmpty()) {
            handle.createUpdate("UPDATE caravan_cancel SET seen = CURRENT_TIMESTAMP"
                            + " WHERE run_id = :run AND token = :token")
                    .bind("run", run.value())
                    .bind("token", token)
                    .execute();
        }
        return request;
    }

    private static Cancellation of(ResultSet row) throws SQLException {
        return new Cancellation(
                Columns.instant(row, "asked"),
                row.getString("host"),
                row.getLong("pid"),
                row.getString("os_user"),
                Columns.findInstant(row, "seen"));
    }
}
