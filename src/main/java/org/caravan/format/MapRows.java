package org.caravan.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.schema.ValueException;

/**
 * Rows that are maps from column names to objects, as stock {@code camel-sql} and {@code camel-jdbc} give them, as a typed
 * stream. Owns the iterator: closes it if it can be closed.
 *
 * <p>The first row's keys are the columns, in its order and in lower case; every other row must have the same. A column's type is
 * the declared one, or else the one that all values of the first {@value #LOOK_AHEAD_ROWS} rows show, see
 * {@link JavaValues#type}. What shows no type (no rows, nothing but NULL) must be declared.
 */
final class MapRows implements RowStream {
    static final int LOOK_AHEAD_ROWS = 1000;

    /** A batch ends early at this many bytes of text, so that rows of long text do not fill the heap. */
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private static final String DECLARE =
            "; say it by types=<column>=<type>, such as types=paid=decimal(12,2), or query with caravan-query, which knows it";

    private final Iterator<?> iterator;
    private final Deque<Map<?, ?>> ahead = new ArrayDeque<>();
    private final List<Object> keys;
    private final Columns columns;
    private final Batch batch;
    private final JavaValues values = new JavaValues();
    private long rowsRead;

    private MapRows(Iterator<?> iterator, DeclaredTypes types) {
        this.iterator = iterator;
        while (ahead.size() < LOOK_AHEAD_ROWS && iterator.hasNext()) {
            ahead.add(map(iterator.next(), ahead.size() + 1L));
        }
        this.keys =
                ahead.isEmpty() ? List.of() : new ArrayList<>(ahead.getFirst().keySet());
        this.columns = ahead.isEmpty() ? declared(types) : inferred(types);
        this.batch = new Batch(columns);
    }

    /** The rows of a body, if it is an iterator of maps or can give one; reads the first of them. */
    static Optional<RowStream> of(Object body, DeclaredTypes types) {
        Object rows = body instanceof Iterable<?> iterable ? iterable.iterator() : body;
        if (!(rows instanceof Iterator<?> iterator)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MapRows(iterator, types));
        } catch (RuntimeException e) {
            try {
                close(iterator);
            } catch (IllegalStateException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    @Override
    public Columns columns() {
        return columns;
    }

    @Override
    public Batch read(int maxRows) {
        batch.clear();
        int limit = Math.min(maxRows, batch.capacity());
        int row = 0;
        while (row < limit && textBytes(row) < MAX_BATCH_BYTES && (!ahead.isEmpty() || iterator.hasNext())) {
            rowsRead++;
            readRow(ahead.isEmpty() ? map(iterator.next(), rowsRead) : ahead.removeFirst(), row++);
        }
        batch.setRows(row);
        return batch;
    }

    @Override
    public void close() {
        close(iterator);
    }

    private void readRow(Map<?, ?> map, int row) {
        for (int column = 0; column < columns.size(); column++) {
            Optional<Object> value = value(map, keys.get(column), rowsRead);
            if (value.isEmpty()) {
                batch.vector(column).setNull(row);
                continue;
            }
            try {
                values.set(value.get(), columns.get(column).type(), batch.vector(column), row);
            } catch (ValueException e) {
                throw new FormatException("Column '" + columns.get(column).name() + "' of row " + rowsRead + " "
                        + e.getMessage() + ". Its type is "
                        + columns.get(column).type()
                        + "; set another by types=<column>=<type>, or change the SQL");
            }
        }
        if (map.size() != keys.size()) {
            throw new FormatException("Row " + rowsRead + " has " + map.size() + " columns (" + map.keySet()
                    + "), but the first row had " + keys.size() + " (" + keys + "); give every row the same");
        }
    }

    private Columns inferred(DeclaredTypes types) {
        List<Column> list = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Object key : keys) {
            String name = Columns.fold(String.valueOf(key));
            try {
                list.add(new Column(name, types.of(name).orElseGet(() -> shown(key)), true));
            } catch (ValueException | IllegalArgumentException e) {
                problems.add("column '" + name + "' " + e.getMessage());
            }
        }
        types.byName().keySet().stream()
                .filter(name -> keys.stream()
                        .noneMatch(key -> Columns.fold(String.valueOf(key)).equals(name)))
                .forEach(name -> problems.add("types names '" + name + "', which the rows have not"));
        if (!problems.isEmpty()) {
            throw new FormatException("The rows cannot be marshalled: " + String.join("; ", problems));
        }
        try {
            return new Columns(list);
        } catch (IllegalArgumentException e) {
            throw new FormatException("The rows cannot be marshalled: " + e.getMessage());
        }
    }

    /** The type that all values ahead show. */
    private ColumnType shown(Object key) {
        Optional<ColumnType> type = Optional.empty();
        long row = 0;
        for (Map<?, ?> map : ahead) {
            row++;
            Optional<ColumnType> next = value(map, key, row).map(JavaValues::type);
            if (next.isPresent()) {
                ColumnType before = type.orElse(next.get());
                type = Optional.of(JavaValues.wider(before, next.get()));
            }
        }
        return type.orElseThrow(() ->
                new ValueException("is NULL in the first " + ahead.size() + " rows, which shows no type" + DECLARE));
    }

    private static Columns declared(DeclaredTypes types) {
        if (types.byName().isEmpty()) {
            throw new FormatException(
                    "There are no rows, so that nothing shows the columns' names and types" + DECLARE);
        }
        return types.columns();
    }

    private static Optional<Object> value(Map<?, ?> map, Object key, long row) {
        Optional<Object> value = Optional.ofNullable(map.get(key));
        if (value.isEmpty() && !map.containsKey(key)) {
            throw new FormatException(
                    "Row " + row + " has no column '" + key + "', which the first row had; it has " + map.keySet());
        }
        return value;
    }

    private static Map<?, ?> map(Object row, long number) {
        if (row instanceof Map<?, ?> map) {
            return map;
        }
        throw new FormatException("Row " + number + " is "
                + (row == null ? "empty" : "a " + row.getClass().getName())
                + ", not a map from column names to values, as camel-sql and camel-jdbc give them");
    }

    private int textBytes(int rows) {
        int bytes = 0;
        for (int column = 0; column < columns.size(); column++) {
            if (batch.vector(column) instanceof BytesVector text) {
                bytes += text.bytes(rows);
            }
        }
        return bytes;
    }

    private static void close(Iterator<?> iterator) {
        if (iterator instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The rows' source could not be closed", e);
            }
        }
    }
}
