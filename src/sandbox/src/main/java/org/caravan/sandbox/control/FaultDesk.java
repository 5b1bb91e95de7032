package org.caravan.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Where a stand-in takes orders for faults. Thread-safe. */
public interface FaultDesk {
    /**
     * Takes an order: {@code {"fault":"NAME", …}}.
     *
     * @return the order as it was understood
     * @throws WrongOrder if there is no such fault, or it takes no such field
     */
    Map<String, Object> order(JsonNode order) throws WrongOrder;

    /** What was ordered since the last {@link #clear}, and how often each struck. */
    List<Map<String, Object>> ordered();

    /** What may be ordered. */
    List<Map<String, Object>> known();

    /** Takes all orders back. */
    void clear();
}
