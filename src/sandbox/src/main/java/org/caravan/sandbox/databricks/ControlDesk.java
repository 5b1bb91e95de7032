package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.caravan.sandbox.control.FaultDesk;
import org.caravan.sandbox.control.WrongOrder;

/**
 * The faults of the warehouse at its control port: {@code {"fault":"unavailable","count":3}} for those that are counted, {@code
 * {"fault":"asleep_seconds","value":5}} for the others. Taking all back takes back what is counted; the others hold until they are
 * ordered away.
 */
record ControlDesk(Faults faults) implements FaultDesk {
    @Override
    public Map<String, Object> order(JsonNode order) throws WrongOrder {
        String name = order.path("fault").asText();
        if (!faults.known().contains(name)) {
            throw new WrongOrder("there is no fault '" + name + "'; there are " + faults.known());
        }
        String field = Faults.isCounted(name) ? "count" : "value";
        Set<String> unknown = new TreeSet<>();
        order.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of("fault", field));
        if (!unknown.isEmpty()) {
            throw new WrongOrder("the fault '" + name + "' takes no " + unknown + "; it takes '" + field + "'");
        }
        JsonNode value = order.path(field);
        if (value.isMissingNode() || !value.isInt() && !value.isBoolean() || field.equals("count") && !value.isInt()) {
            throw new WrongOrder("the fault '" + name + "' needs '" + field + "', a number"
                    + (field.equals("count") ? "" : " or true or false") + "; found " + value);
        }
        faults.order(JsonNodeFactory.instance.objectNode().set(name, value));
        return Map.of("fault", name, field, value);
    }

    @Override
    public List<Map<String, Object>> ordered() {
        return faults.known().stream()
                .filter(Faults::isCounted)
                .filter(name -> faults.left(name) > 0 || faults.struck(name) > 0)
                .map(name -> {
                    Map<String, Object> report = new LinkedHashMap<>();
                    report.put("fault", name);
                    report.put("struck", faults.struck(name));
                    report.put("left", faults.left(name));
                    return report;
                })
                .toList();
    }

    @Override
    public List<Map<String, Object>> known() {
        return faults.known().stream()
                .map(name -> {
                    Map<String, Object> kind = new LinkedHashMap<>();
                    kind.put("fault", name);
                    kind.put("needs", Faults.isCounted(name) ? "count" : "value");
                    return kind;
                })
                .toList();
    }

    @Override
    public void clear() {
        faults.clear();
    }
}
