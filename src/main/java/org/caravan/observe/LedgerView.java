package org.caravan.observe;

import java.util.Map;
import java.util.Set;
import org.caravan.ledger.Pause;
import org.caravan.ledger.Standing;

/** What is asked of a ledger. All throw {@link org.caravan.ledger.CaravanException} if it cannot be used. */
public interface LedgerView {
    /** How pipelines stand. */
    Map<String, Standing> standings(Set<String> pipelines);

    /** The pipelines that are paused. */
    Map<String, Pause> pauses();

    /** Keeps the ledger open until what this returns is closed: two questions then cost little more than one. */
    AutoCloseable hold();
}
