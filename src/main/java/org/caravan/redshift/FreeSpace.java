package org.caravan.redshift;

import java.sql.SQLException;
import java.util.Locale;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.StagedPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks before a load whether the cluster has room for it, by the size of the run's files. Stateless.
 *
 * <p>"STV_NODE_STORAGE_CAPACITY is visible only to superusers"; its figures are blocks of 1 MB, and of RA3 nodes the managed storage.
 * A user who may not see it, and Redshift Serverless, which has no such table, do not tell: then the run goes on.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_STV_NODE_STORAGE_CAPACITY.html">STV_NODE_STORAGE_CAPACITY</a>
 */
final class FreeSpace {
    static final String CAPACITY = "SELECT COALESCE(SUM(capacity), 0) FROM stv_node_storage_capacity";
    static final String USED = "SELECT COALESCE(SUM(used), 0) FROM stv_node_storage_capacity";

    private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
    private static final long BLOCK = 1 << 20;
    private static final int ALL = 100;

    private FreeSpace() {}

    /**
     * Refuses a run that would leave less free than it should.
     *
     * @param session in no transaction that matters: it is rolled back
     * @param minPercent how much of the cluster's storage must be free when the files are loaded; 0 asks nothing
     * @throws CaravanException if less would be
     */
    static void check(Session session, Run run, int minPercent) {
        if (minPercent == 0) {
            return;
        }
        try {
            long capacity = session.number(CAPACITY);
            long used = session.number(USED);
            session.rollback();
            if (capacity > 0) {
                check(run, minPercent, capacity, used);
                return;
            }
            LOG.info(
                    "{} run {}: how much storage is free is not known: the table tells of no node",
                    run.pipeline(),
                    run.id());
        } catch (SQLException e) {
            hidden(session, run, e);
        }
    }

    private static void check(Run run, int minPercent, long capacity, long used) {
        long bytes = run.parts().stream().mapToLong(StagedPart::bytes).sum();
        long files = (bytes + BLOCK - 1) / BLOCK;
        double left = (double) ALL * (capacity - used - files) / capacity;
        if (left < minPercent) {
            throw new CaravanException(
                    Category.LOAD,
                    String.format(
                            Locale.ROOT,
                            "Run %s of pipeline '%s' is not loaded: of the cluster's storage, %,d MB, %,d MB are used, and the run's"
                                    + " files are %,d MB, which would leave %.1f %% free; redshift.min-free-percent asks for"
                                    + " %d %%. The target is untouched. Make room (VACUUM, drop what is not needed, resize), or set"
                                    + " less.",
                            run.id(),
                            run.pipeline(),
                            capacity,
                            used,
                            files,
                            left,
                            minPercent));
        }
    }

    private static void hidden(Session session, Run run, SQLException error) {
        LOG.info(
                "{} run {}: how much storage is free is not known: only a superuser of a provisioned cluster sees it ({})",
                run.pipeline(),
                run.id(),
                error.getMessage());
        try {
            session.rollback();
        } catch (SQLException e) {
            // The load finds the connection broken, and says so.
            LOG.debug("The question for free space is not rolled back", e);
        }
    }
}
