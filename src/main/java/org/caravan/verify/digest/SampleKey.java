package org.caravan.verify.digest;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * By which columns the rows of a sample are chosen: a few that are likely to differ from row to row, those first whose forms cost an
 * engine no hash. Immutable.
 *
 * @param columns their indexes; none if a table has no such column, of which every row is chosen
 * @param isOfNumbers whether they are numbers, whose forms lie as regularly as the numbers do; the key is then the square
 */
record SampleKey(List<Integer> columns, boolean isOfNumbers) {
    /** The most columns of a key: each is read, and its form computed, for every row. */
    static final int MOST_COLUMNS = 8;

    private static final int LEAST_DIGITS = 9;

    SampleKey {
        columns = List.copyOf(columns);
    }

    static SampleKey of(Columns columns) {
        List<Integer> numbers = first(columns, SampleKey::isTellingNumber);
        return numbers.isEmpty()
                ? new SampleKey(first(columns, ColumnType.Text.class::isInstance), false)
                : new SampleKey(numbers, true);
    }

    private static List<Integer> first(Columns columns, Predicate<ColumnType> fits) {
        return IntStream.range(0, columns.size())
                .filter(i -> fits.test(columns.get(i).type()))
                .limit(MOST_COLUMNS)
                .boxed()
                .toList();
    }

    /** Not a boolean, a date or a short number, of which many rows have the same. */
    private static boolean isTellingNumber(ColumnType type) {
        if (type instanceof ColumnType.Int integer) {
            return integer.bytes() > Short.BYTES;
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal.fitsLong() && decimal.precision() >= LEAST_DIGITS;
        }
        return type instanceof ColumnType.Timestamp;
    }

    /** The condition that a row is chosen; empty if every row is. */
    Optional<String> condition(SqlDialect dialect, Columns table, Sample sample) {
        if (sample.isAll() || columns.isEmpty()) {
            return Optional.empty();
        }
        String forms = columns.stream()
                .map(i -> ((OneValueSql) ColumnSql.of(dialect, table.get(i), i)).formOfTable())
                .collect(Collectors.joining(" + "));
        String row = dialect.residue(forms);
        String key = isOfNumbers ? dialect.remainder("(" + row + " * " + row + ")", Long.toString(Field.P)) : row;
        return Optional.of(key + " < " + sample.bound());
    }
}
