package org.caravan.redshift;

import java.sql.SQLException;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a run once, whatever becomes of the connection: if the reply to a COMMIT is lost, the load ledger decides, asked in a new
 * session under the same lock. Stateless.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private Transactions() {}

    /** A COMMIT of which nobody knows whether it was done. */
    private static final class LostCommit extends Exception {
        private static final long serialVersionUID = 1L;

        LostCommit(SQLException cause) {
            super(cause);
        }

        SQLException error() {
            return (SQLException) getCause();
        }
    }

    static Publisher.Result publish(Warehouse warehouse, Run run, PublishRequest request) {
        try {
            return once(warehouse, run, request);
        } catch (LostCommit lost) {
            LOG.warn(
                    "{} run {}: the COMMIT failed ({}); asking the load ledger {} whether it was done",
                    run.pipeline(),
                    run.id(),
                    lost.error().getMessage(),
                    request.loadLedger());
            return afterLostCommit(warehouse, run, request, lost);
        }
    }

    private static Publisher.Result afterLostCommit(
            Warehouse warehouse, Run run, PublishRequest request, LostCommit lost) {
        try {
            return once(warehouse, run, request);
        } catch (LostCommit | CaravanException again) {
            if (again instanceof CaravanException stopped && stopped.category() == Category.INTERRUPTED) {
                // It was asked, and the load ledger does not have the run.
                throw stopped;
            }
            CaravanException error = new CaravanException(
                    Category.PUBLISH,
                    "The COMMIT of run " + run.id()
                            + " failed, and so did asking whether it was done or doing it again: "
                            + (again instanceof LostCommit second ? second.error() : again).getMessage()
                            + " The load ledger " + request.loadLedger() + " knows whether " + request.target()
                            + " has the run's rows; publishing again asks it first.",
                    again);
            error.addSuppressed(lost.error());
            if (run.recovery().stop().isRequested()) {
                // The run ends with the message that it was stopped.
                run.warnings().add(new Warning(Warning.COMMIT, error.getMessage()));
            }
            throw error;
        }
    }

    private static Publisher.Result once(Warehouse warehouse, Run run, PublishRequest request) throws LostCommit {
        try (Session session = Session.open(warehouse, run, Step.PUBLISH)) {
            Publisher.Result result = attempt(session, warehouse, request);
            if (!result.wasThere()) {
                checkGoesOn(run);
                try {
                    session.commit();
                } catch (SQLException e) {
                    throw new LostCommit(e);
                }
            }
            return result;
        }
    }

    /** A run that was told to stop does not publish any more: what its transaction did is rolled back. */
    private static void checkGoesOn(Run run) {
        if (run.recovery().stop().isRequested()) {
            throw new CaravanException(
                    Category.INTERRUPTED,
                    "Run " + run.id()
                            + " was stopped before the COMMIT of its publication; the target keeps its rows.");
        }
    }

    private static Publisher.Result attempt(Session session, Warehouse warehouse, PublishRequest request) {
        try {
            return Publisher.publish(
                    new LiveScript(session, request.options().lockWait()), request, warehouse.statementTimeout());
        } catch (SQLException e) {
            throw session.failure(
                    Category.PUBLISH,
                    "Publishing run " + request.run() + " to " + request.target() + " by "
                            + request.options().mode().label() + " (the target keeps its rows)",
                    e);
        }
    }
}
