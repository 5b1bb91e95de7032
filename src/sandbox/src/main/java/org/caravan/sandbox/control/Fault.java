package org.caravan.sandbox.control;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A fault that was ordered, with what its order said. Its counts change under the lock of the {@link Faults} that keep it. */
public final class Fault {
    private final int id;
    private final String name;
    private final Map<FaultField, Object> fields;
    private int toSkip;
    private int left;
    private int struck;

    Fault(int id, String name, Map<FaultField, Object> fields) {
        this.id = id;
        this.name = name;
        this.fields = new EnumMap<>(fields);
        this.toSkip = number(FaultField.SKIP).orElse(0);
        this.left = number(FaultField.COUNT).orElse(1);
    }

    public String name() {
        return name;
    }

    public Optional<Integer> number(FaultField field) {
        return Optional.ofNullable((Integer) fields.get(field));
    }

    public Optional<String> text(FaultField field) {
        return Optional.ofNullable((String) fields.get(field));
    }

    /** Whether the order says nothing of the field, or a pattern that is found in the text. */
    public boolean isFoundIn(FaultField field, String text) {
        return fields.get(field) == null
                || ((Pattern) fields.get(field)).matcher(text).find();
    }

    boolean isSpent() {
        return left == 0;
    }

    /** Whether it strikes now; one that is skipped does not. */
    boolean strike() {
        if (toSkip > 0) {
            toSkip--;
            return false;
        }
        left--;
        struck++;
        return true;
    }

    Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("id", id);
        report.put("fault", name);
        fields.forEach((field, value) -> report.put(field.key(), value instanceof Pattern ? value.toString() : value));
        report.put("struck", struck);
        report.put("left", left);
        return report;
    }
}
