package org.caravan.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.Nearest;

/**
 * Which override belongs to which column of a result. A name is that of the source, or differs from just one in its case.
 */
final class OverrideChoice {
    private final Map<String, ColumnOverride> byLabel = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    OverrideChoice(List<String> labels, ColumnOverrides overrides) {
        overrides.byColumn().forEach((name, override) -> {
            Optional<String> label = label(name, labels);
            if (label.isPresent() && byLabel.putIfAbsent(label.get(), override) != null) {
                problems.add("the settings " + ColumnOverrides.setting(name + ".…") + " are for '" + label.get()
                        + "', for which there are others in another case; write them under one name");
            }
        });
    }

    ColumnOverride of(String label) {
        return byLabel.getOrDefault(label, ColumnOverride.NONE);
    }

    /** What is wrong with the names. */
    List<String> problems() {
        return problems;
    }

    private Optional<String> label(String name, List<String> labels) {
        List<String> matches = labels.stream().filter(name::equals).distinct().toList();
        if (matches.isEmpty()) {
            matches = labels.stream().filter(name::equalsIgnoreCase).distinct().toList();
        }
        if (matches.size() > 1) {
            problems.add("the settings " + ColumnOverrides.setting(name + ".…") + " may be for any of " + matches
                    + "; write the name as the query does");
            return Optional.empty();
        }
        if (matches.isEmpty()) {
            problems.add("the settings " + ColumnOverrides.setting(name + ".…")
                    + " are for a column that the query has not; it has " + Nearest.first(name, labels));
        }
        return matches.stream().findFirst();
    }
}
