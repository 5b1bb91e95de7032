package org.caravan.cli;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.store.JdbcLedger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the ledger's database while a service starts: a file is otherwise opened and closed for each schedule and each version that is
 * noted, which for hundreds of pipelines takes longer than all else. To be the last listener that is added.
 */
final class LedgerWhileStarting extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWhileStarting.class);

    private final JdbcLedger ledger;
    private AutoCloseable held = () -> {};

    LedgerWhileStarting(JdbcLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void beforeStart(BaseMainSupport main) {
        try {
            held = ledger.hold();
        } catch (CaravanException e) {
            LOG.debug("The ledger cannot be held; who needs it says so", e);
        }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        release();
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        release();
    }

    private void release() {
        try {
            held.close();
        } catch (Exception e) {
            LOG.debug("The ledger was gone meanwhile", e);
        }
        held = () -> {};
    }
}
