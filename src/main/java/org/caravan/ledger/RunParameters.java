package org.caravan.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values with which a run's query was executed. Thread-safe. */
public final class RunParameters {
    private final Map<String, Parameter> all = new LinkedHashMap<>();

    /**
     * A value.
     *
     * @param type such as {@code date}
     * @param value as text
     */
    public record Parameter(String name, String type, String value) {
        /** The same without what is secret: what these secrets know, and the value of a name such as {@code password}. */
        public Parameter masked(Secrets secrets) {
            String mark = name + "=";
            String masked = secrets.masked(mark + value);
            return new Parameter(name, type, masked.startsWith(mark) ? masked.substring(mark.length()) : masked);
        }
    }

    /** Notes a value; it takes the place of another of that name, such as the same before the run was resumed. */
    public synchronized void add(Parameter parameter) {
        all.put(parameter.name(), parameter);
    }

    /** In the order in which the query has them. */
    public synchronized List<Parameter> all() {
        return List.copyOf(all.values());
    }
}
