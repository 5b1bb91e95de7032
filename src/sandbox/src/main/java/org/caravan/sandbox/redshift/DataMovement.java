package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.util.Optional;
import org.caravan.sandbox.redshift.copy.CopyRun;
import org.caravan.sandbox.redshift.copy.CopyStatement;
import org.caravan.sandbox.redshift.copy.SessionFacts;
import org.caravan.sandbox.redshift.statement.Plan;
import org.caravan.sandbox.redshift.unload.UnloadRun;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.Message;
import org.caravan.sandbox.redshift.wire.SqlError;
import org.caravan.sandbox.redshift.wire.StartupPacket;
import org.caravan.sandbox.redshift.wire.WireOutput;

/**
 * COPY and UNLOAD of one session, and what its {@code pg_last_…} functions answer. Runs in the client's thread, but for
 * {@link #cancel}.
 */
final class DataMovement {
    private final CopyRun.Cluster cluster;
    private final WireOutput client;
    private final Backend backend;
    private final StartupPacket startup;
    private final int pid;
    private SessionFacts facts = SessionFacts.NONE;
    private volatile boolean moving;
    private volatile boolean cancelled;

    DataMovement(CopyRun.Cluster cluster, WireOutput client, Backend backend, StartupPacket startup, int pid) {
        this.cluster = cluster;
        this.client = client;
        this.backend = backend;
        this.startup = startup;
        this.pid = pid;
    }

    /** Notes that a statement is about to run; one that asks for the last query is told of the one before. */
    void query(String sql) throws IOException {
        if (sql.contains("pg_last_query_id")) {
            cluster.history().remember(pid, facts);
        } else {
            facts = facts.withQuery(cluster.history().nextQuery());
        }
    }

    void copy(CopyStatement statement) throws IOException {
        cancelled = false;
        moving = true;
        try {
            CopyRun run = new CopyRun(cluster, statement, backend, () -> cancelled);
            long queryId = cluster.history().nextQuery();
            CopyRun.Outcome outcome = run.run(queryId, pid, startup.user(), startup.database());
            facts = facts.withQuery(queryId).withCopy(outcome.queryId(), Math.max(0, outcome.rows()));
            cluster.history().remember(pid, facts);
            if (outcome.rows() >= 0) {
                for (String notice : outcome.notices()) {
                    client.write('N', SqlError.info(notice).body());
                }
                // The real tag has no number: sample sessions in
                // https://docs.aws.amazon.com/redshift/latest/dg/tutorial-loading-data.html
                complete("COPY");
            }
        } finally {
            moving = false;
        }
    }

    void unload(Plan.Unload plan) throws IOException {
        cancelled = false;
        moving = true;
        try {
            UnloadRun run = new UnloadRun(cluster, plan.statement(), plan.query(), backend, () -> cancelled);
            long queryId = cluster.history().nextQuery();
            UnloadRun.Outcome outcome = run.run(new UnloadRun.Asker(queryId, pid, startup.user(), startup.database()));
            Optional<Long> rows = outcome.rows();
            facts = facts.withQuery(queryId);
            if (outcome.begun()) {
                facts = facts.withUnload(queryId, rows.orElse(0L));
            }
            cluster.history().remember(pid, facts);
            if (rows.isPresent()) {
                client.write(
                        'N',
                        SqlError.info("UNLOAD completed, " + rows.get() + " record(s) unloaded successfully.")
                                .body());
                complete("UNLOAD");
            }
        } finally {
            moving = false;
        }
    }

    private void complete(String tag) throws IOException {
        client.write('C', new Message.Writer().string(tag).toBytes());
    }

    /** Called from another connection's thread. */
    void cancel() {
        if (moving) {
            cancelled = true;
        }
    }
}
