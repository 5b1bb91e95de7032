package org.caravan.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The faults that were ordered of a stand-in. Each strikes as often as its order says, the oldest first, and then no more; it is
 * listed until the list is cleared. Thread-safe; where nothing is ordered, asking costs a read of memory.
 */
public final class Faults implements FaultDesk {
    private static final int KEPT_SPENT = 100;

    private final Map<String, FaultKind> kinds = new LinkedHashMap<>();
    private final Deque<Fault> ordered = new ArrayDeque<>();
    private final Deque<Fault> spent = new ArrayDeque<>();
    private final AtomicInteger live = new AtomicInteger();
    private int ids;

    /** @param kinds all faults that the stand-in knows */
    public Faults(List<FaultKind> kinds) {
        kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    }

    @Override
    public Map<String, Object> order(JsonNode order) throws WrongOrder {
        FaultKind kind = kind(order);
        Map<FaultField, Object> fields = new EnumMap<>(FaultField.class);
        for (Map.Entry<String, JsonNode> entry : order.properties()) {
            if (!entry.getKey().equals("fault")) {
                FaultField field = FaultField.of(entry.getKey())
                        .filter(known ->
                                kind.needed().contains(known) || kind.allowed().contains(known))
                        .orElseThrow(() -> new WrongOrder("the fault '" + kind.name() + "' takes no '" + entry.getKey()
                                + "'; it takes " + keys(kind)));
                fields.put(field, field.parse(entry.getValue()));
            }
        }
        for (FaultField needed : kind.needed()) {
            if (!fields.containsKey(needed)) {
                throw new WrongOrder("the fault '" + kind.name() + "' needs '" + needed.key() + "'");
            }
        }
        synchronized (this) {
            Fault fault = new Fault(++ids, kind.name(), fields);
            ordered.add(fault);
            live.incrementAndGet();
            return fault.report();
        }
    }

    private FaultKind kind(JsonNode order) throws WrongOrder {
        if (!order.isObject() || !order.path("fault").isTextual()) {
            throw new WrongOrder("an order is an object with the name of a 'fault', one of " + kinds.keySet());
        }
        String name = order.path("fault").asText();
        if (!kinds.containsKey(name)) {
            throw new WrongOrder("there is no fault '" + name + "'; there are " + kinds.keySet());
        }
        return kinds.get(name);
    }

    private static Set<String> keys(FaultKind kind) {
        Set<FaultField> all = EnumSet.noneOf(FaultField.class);
        all.addAll(kind.needed());
        all.addAll(kind.allowed());
        return all.stream().map(FaultField::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first fault of the name that the condition holds for, counted as struck; nothing if there is none. */
    public Optional<Fault> strike(String name, Predicate<Fault> condition) {
        if (live.get() == 0) {
            return Optional.empty();
        }
        synchronized (this) {
            for (Iterator<Fault> each = ordered.iterator(); each.hasNext(); ) {
                Fault fault = each.next();
                if (fault.name().equals(name) && condition.test(fault) && fault.strike()) {
                    if (fault.isSpent()) {
                        each.remove();
                        retire(fault);
                    }
                    return Optional.of(fault);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether any order waits; what is costly to find out need not be found out otherwise. */
    public boolean areOrdered() {
        return live.get() > 0;
    }

    private void retire(Fault fault) {
        live.decrementAndGet();
        spent.add(fault);
        if (spent.size() > KEPT_SPENT) {
            spent.remove();
        }
    }

    @Override
    public synchronized List<Map<String, Object>> ordered() {
        return Stream.concat(spent.stream(), ordered.stream())
                .map(Fault::report)
                .toList();
    }

    @Override
    public List<Map<String, Object>> known() {
        return kinds.values().stream().map(Faults::describe).toList();
    }

    private static Map<String, Object> describe(FaultKind kind) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("fault", kind.name());
        text.put("effect", kind.effect());
        text.put("needs", describe(kind.needed()));
        text.put("takes", describe(kind.allowed()));
        return text;
    }

    private static Map<String, String> describe(Set<FaultField> fields) {
        Map<String, String> about = new LinkedHashMap<>();
        fields.stream().sorted().forEach(field -> about.put(field.key(), field.about()));
        return about;
    }

    @Override
    public synchronized void clear() {
        ordered.clear();
        spent.clear();
        live.set(0);
    }
}
