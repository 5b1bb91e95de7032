package org.caravan.schema;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The columns of a result, in order; immutable. Names are in lower case, as Redshift folds them, and no two are equal.
 */
public record Columns(List<Column> list) implements Iterable<Column> {
    public Columns {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("The result has no columns");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Integer before = seen.putIfAbsent(list.get(i).name(), i);
            if (before != null) {
                throw new IllegalArgumentException("Columns " + (before + 1) + " and " + (i + 1) + " are both named '"
                        + list.get(i).name() + "' in lower case; give one another alias in the SQL");
            }
        }
    }

    /** The name that a source column has from here on: Redshift folds names to lower case. */
    public static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The same columns as a table holds them, each by a rule for its type. */
    public Columns stored(Function<ColumnType, Storage> rule) {
        return new Columns(
                stream().map(column -> column.in(rule.apply(column.type()))).toList());
    }

    public int size() {
        return list.size();
    }

    public Column get(int index) {
        return list.get(index);
    }

    public Stream<Column> stream() {
        return list.stream();
    }

    @Override
    public Iterator<Column> iterator() {
        return list.iterator();
    }
}
