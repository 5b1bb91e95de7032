package org.caravan.observe;

import java.util.Map;
import java.util.Set;
import org.caravan.ledger.Pause;
import org.caravan.ledger.Standing;

/** What is asked of a ledger. Both throw {@link org.caravan.ledger.CaravanException} if it cannot be used. */
public interface LedgerView {
    /** How pipelines stand. */
    Map<String, Standing> standings(Set<String> pipelines);

    /** The pipelines that are paused. */
    Map<String, Pause> pauses();
}
