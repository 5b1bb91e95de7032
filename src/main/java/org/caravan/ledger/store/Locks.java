package org.caravan.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravan.ledger.RunId;
import org.jdbi.v3.core.Handle;

/**
 * The locks of the pipelines. Whether one has expired is judged by the database's clock alone, and by what its owner promised. All
 * of it within the caller's transaction; stateless.
 */
final class Locks {
    private static final String OWN = " WHERE pipeline = :pipeline AND run_id = :run AND token = :token";

    private Locks() {}

    /** A lock as it was when it was asked for. */
    record Held(RunId run, long token, Instant taken, Instant heartbeat, Duration expiry, Instant now) {
        Instant expires() {
            return heartbeat.plus(expiry);
        }

        boolean isExpired() {
            return !now.isBefore(expires());
        }
    }

    /**
     * Waits for the row of a pipeline's lock, and says who holds it; a lock that nobody has had is made. Its tokens start at the
     * time, so that those of a ledger that was made anew are greater than those which Redshift has noted.
     */
    static Optional<Held> lookFor(Handle handle, String pipeline) {
        handle.createUpdate("INSERT INTO caravan_lock (pipeline, token, expiry_millis)"
                        + " SELECT :pipeline, :first, 0 WHERE NOT EXISTS"
                        + " (SELECT 1 FROM caravan_lock WHERE pipeline = :pipeline)")
                .bind("pipeline", pipeline)
                .bind("first", System.currentTimeMillis())
                .execute();
        return handle.createQuery("SELECT run_id, token, taken, heartbeat, expiry_millis, CURRENT_TIMESTAMP AS checked"
                        + " FROM caravan_lock WHERE pipeline = :pipeline FOR UPDATE")
                .bind("pipeline", pipeline)
                .map((row, context) -> held(row))
                .one();
    }

    private static Optional<Held> held(ResultSet row) throws SQLException {
        String run = row.getString("run_id");
        if (run == null) {
            return Optional.empty();
        }
        return Optional.of(new Held(
                new RunId(run),
                row.getLong("token"),
                Columns.instant(row, "taken"),
                Columns.instant(row, "heartbeat"),
                Duration.ofMillis(row.getLong("expiry_millis")),
                Columns.instant(row, "checked")));
    }

    /** Takes a lock whose row this transaction has, and gives its new token. */
    static long take(Handle handle, String pipeline, RunId run, Duration expiry) {
        handle.createUpdate("UPDATE caravan_lock SET run_id = :run, token = token + 1, taken = CURRENT_TIMESTAMP,"
                        + " heartbeat = CURRENT_TIMESTAMP, expiry_millis = :expiry WHERE pipeline = :pipeline")
                .bind("run", run.value())
                .bind("expiry", expiry.toMillis())
                .bind("pipeline", pipeline)
                .execute();
        return handle.createQuery("SELECT token FROM caravan_lock WHERE pipeline = :pipeline")
                .bind("pipeline", pipeline)
                .mapTo(Long.class)
                .one();
    }

    /** Renews a lock; says whether it was still this run's. */
    static boolean renew(Handle handle, String pipeline, RunId run, long token) {
        return handle.createUpdate("UPDATE caravan_lock SET heartbeat = CURRENT_TIMESTAMP" + OWN)
                        .bind("pipeline", pipeline)
                        .bind("run", run.value())
                        .bind("token", token)
                        .execute()
                == 1;
    }

    /** Frees a lock, if it is this run's. */
    static void release(Handle handle, String pipeline, RunId run, long token) {
        handle.createUpdate("UPDATE caravan_lock SET run_id = NULL" + OWN)
                .bind("pipeline", pipeline)
                .bind("run", run.value())
                .bind("token", token)
                .execute();
    }
}
