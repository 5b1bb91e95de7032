package org.caravan.schema;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Some rows of a result, column by column: what the source fills, the encoder writes and the checks read, in one pass and with
 * no object per row or value.
 *
 * <p>Mutable, reused, not thread-safe: its values are valid until the owner fills it again.
 */
public final class Batch {
    /** The most rows of a batch: enough to spread the cost of a call, few enough to stay in the processor's cache. */
    public static final int DEFAULT_CAPACITY = 2048;

    /** Whoever fills a batch ends it early at this many bytes of text and binary, so that rows of long text do not fill the heap. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** The most values of a batch, and the fewest rows whatever its columns: batches of wide tables have fewer rows. */
    private static final int MAX_VALUES = 128 * DEFAULT_CAPACITY;

    private static final int LEAST_CAPACITY = 64;

    private final Columns columns;
    private final int capacity;
    private final Vector[] vectors;
    private final BytesVector[] bytesVectors;
    private int rows;

    /** A batch of {@value #DEFAULT_CAPACITY} rows, or fewer of more than 128 columns. */
    public Batch(Columns columns) {
        this(columns, Math.min(DEFAULT_CAPACITY, Math.max(LEAST_CAPACITY, MAX_VALUES / columns.size())));
    }

    public Batch(Columns columns, int capacity) {
        this.columns = requireNonNull(columns, "columns");
        this.capacity = capacity;
        this.vectors = columns.stream()
                .map(column -> Vector.of(column.type(), capacity))
                .toArray(Vector[]::new);
        this.bytesVectors = Arrays.stream(vectors)
                .filter(BytesVector.class::isInstance)
                .map(BytesVector.class::cast)
                .toArray(BytesVector[]::new);
    }

    public Columns columns() {
        return columns;
    }

    /** The most rows that this batch holds. */
    public int capacity() {
        return capacity;
    }

    /** The rows that are filled. */
    public int rows() {
        return rows;
    }

    /** Says how many rows are filled; called by whoever fills them. */
    public void setRows(int rows) {
        this.rows = rows;
    }

    /** The bytes of text and binary in the first rows. */
    public int bytesOfRows(int firstRows) {
        int bytes = 0;
        for (BytesVector vector : bytesVectors) {
            bytes += vector.bytes(firstRows);
        }
        return bytes;
    }

    /** Holds, in place of its own rows, a copy of another batch's rows of the same columns, from one up to but without another. */
    public void copy(Batch from, int fromRow, int toRow) {
        clear();
        for (int column = 0; column < vectors.length; column++) {
            for (int row = fromRow; row < toRow; row++) {
                vectors[column].copy(from.vectors[column], row, row - fromRow);
            }
        }
        rows = toRow - fromRow;
    }

    /** Holds, in place of its own rows, a copy of some of another batch's rows of the same columns, given by their numbers in order. */
    public void copy(Batch from, int[] fromRows, int count) {
        clear();
        for (int column = 0; column < vectors.length; column++) {
            for (int row = 0; row < count; row++) {
                vectors[column].copy(from.vectors[column], fromRows[row], row);
            }
        }
        rows = count;
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
        for (Vector vector : vectors) {
            vector.clear();
        }
    }

    /** The values of the column at an index. */
    public Vector vector(int column) {
        return vectors[column];
    }

    public LongVector longs(int column) {
        return (LongVector) vectors[column];
    }

    public DoubleVector doubles(int column) {
        return (DoubleVector) vectors[column];
    }

    public DecimalVector decimals(int column) {
        return (DecimalVector) vectors[column];
    }

    public BytesVector bytes(int column) {
        return (BytesVector) vectors[column];
    }
}
