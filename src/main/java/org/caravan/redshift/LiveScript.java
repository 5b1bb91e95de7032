package org.caravan.redshift;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.TableDigest;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** Executes the statements of a publication in a session, which it does not own. */
final class LiveScript implements Script {
    /** What Redshift says of a statement whose time is up. */
    private static final String CANCELLED = "57014";

    private final Session session;
    private final Duration lockWait;

    LiveScript(Session session, Duration lockWait) {
        this.session = session;
        this.lockWait = lockWait;
    }

    @Override
    public void execute(String sql) throws SQLException {
        session.execute(sql);
    }

    @Override
    public void await(String sql, TableName table) throws SQLException {
        try {
            session.execute(sql);
        } catch (SQLException e) {
            if (!CANCELLED.equals(SqlFailures.root(e).getSQLState())) {
                throw e;
            }
            throw new CaravanException(
                    Category.PUBLISH,
                    "Table " + table + " was locked by others for more than " + lockWait.toSeconds()
                            + " s (lockWait); nothing has changed. " + LockHolders.of(session, table),
                    e);
        }
    }

    @Override
    public long update(String sql) throws SQLException {
        return session.update(sql);
    }

    @Override
    public long number(String sql) throws SQLException {
        return session.number(sql);
    }

    @Override
    public List<Map<String, Object>> rows(String sql) throws SQLException {
        return session.rows(sql);
    }

    @Override
    public String digest(String from, Columns columns, int sample) throws SQLException {
        TableDigest digest = TableDigest.inRedshift();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String sql : digest.statements(from, columns, sample)) {
            answers.addAll(session.rows(sql));
        }
        return digest.read(columns, sample, answers);
    }
}
