package org.caravan.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.caravan.schema.Batch;
import org.caravan.schema.BytesVector;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DecimalVector;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Measures one column while its rows pass by; used by one thread at a time. */
abstract class ColumnSummary {
    private final int column;
    private long nulls;

    ColumnSummary(int column) {
        this.column = column;
    }

    static ColumnSummary of(ColumnType type, int column) {
        if (type instanceof ColumnType.Bool) {
            return new Bools(column);
        }
        if (type instanceof ColumnType.Int) {
            return new Longs(column, 0, true);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return decimal.fitsLong()
                    ? new Longs(column, decimal.scale(), true)
                    : new Decimals(column, decimal.scale());
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return new Doubles(column);
        }
        if (type instanceof ColumnType.Text) {
            return new Texts(column);
        }
        return new Longs(column, 0, false);
    }

    final void add(Batch batch) {
        Vector vector = batch.vector(column);
        int rows = batch.rows();
        for (int row = 0; row < rows; row++) {
            if (vector.isNull(row)) {
                nulls++;
            } else {
                add(vector, row);
            }
        }
    }

    final ColumnFacts facts() {
        Map<Measure, Object> facts = new EnumMap<>(Measure.class);
        facts.put(Measure.NULLS, ColumnFacts.exact(nulls));
        put(facts);
        return new ColumnFacts(facts);
    }

    abstract void add(Vector vector, int row);

    abstract void put(Map<Measure, Object> facts);

    private static final class Bools extends ColumnSummary {
        private long trues;

        Bools(int column) {
            super(column);
        }

        @Override
        void add(Vector vector, int row) {
            trues += ((LongVector) vector).get(row);
        }

        @Override
        void put(Map<Measure, Object> facts) {
            facts.put(Measure.TRUES, ColumnFacts.exact(trues));
        }
    }

    private static final class Longs extends ColumnSummary {
        private final int scale;
        private final boolean summed;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;
        private long sum;
        private BigInteger carried = BigInteger.ZERO;
        private boolean any;

        Longs(int column, int scale, boolean summed) {
            super(column);
            this.scale = scale;
            this.summed = summed;
        }

        @Override
        void add(Vector vector, int row) {
            long value = ((LongVector) vector).get(row);
            any = true;
            min = Math.min(min, value);
            max = Math.max(max, value);
            long next = sum + value;
            if (((sum ^ next) & (value ^ next)) < 0) {
                carried = carried.add(BigInteger.valueOf(sum));
                next = value;
            }
            sum = next;
        }

        @Override
        void put(Map<Measure, Object> facts) {
            if (any) {
                facts.put(Measure.MIN, ColumnFacts.exact(BigDecimal.valueOf(min, scale)));
                facts.put(Measure.MAX, ColumnFacts.exact(BigDecimal.valueOf(max, scale)));
            }
            if (summed) {
                facts.put(Measure.SUM, ColumnFacts.exact(new BigDecimal(carried.add(BigInteger.valueOf(sum)), scale)));
            }
        }
    }

    private static final class Decimals extends ColumnSummary {
        private final int scale;
        private BigInteger min = BigInteger.ZERO;
        private BigInteger max = BigInteger.ZERO;
        private BigInteger sum = BigInteger.ZERO;
        private boolean any;

        Decimals(int column, int scale) {
            super(column);
            this.scale = scale;
        }

        @Override
        void add(Vector vector, int row) {
            BigInteger value = ((DecimalVector) vector).get(row);
            min = any ? min.min(value) : value;
            max = any ? max.max(value) : value;
            sum = sum.add(value);
            any = true;
        }

        @Override
        void put(Map<Measure, Object> facts) {
            if (any) {
                facts.put(Measure.MIN, ColumnFacts.exact(new BigDecimal(min, scale)));
                facts.put(Measure.MAX, ColumnFacts.exact(new BigDecimal(max, scale)));
            }
            facts.put(Measure.SUM, ColumnFacts.exact(new BigDecimal(sum, scale)));
        }
    }

    private static final class Doubles extends ColumnSummary {
        private double min = Double.NaN;
        private double max = Double.NEGATIVE_INFINITY;
        private boolean any;

        Doubles(int column) {
            super(column);
        }

        @Override
        void add(Vector vector, int row) {
            double value = ((DoubleVector) vector).get(row);
            any = true;
            // Double.compare has NaN above all, as Redshift and Spark have.
            if (Double.compare(value, min) < 0) {
                min = value;
            }
            if (Double.compare(value, max) > 0) {
                max = value;
            }
        }

        @Override
        void put(Map<Measure, Object> facts) {
            if (any) {
                facts.put(Measure.MIN, ColumnFacts.exact(min));
                facts.put(Measure.MAX, ColumnFacts.exact(max));
            }
        }
    }

    private static final class Texts extends ColumnSummary {
        private byte[] min = {};
        private byte[] max = {};
        private long bytes;
        private boolean any;

        Texts(int column) {
            super(column);
        }

        @Override
        void add(Vector vector, int row) {
            BytesVector texts = (BytesVector) vector;
            byte[] data = texts.data();
            int start = texts.start(row);
            int end = start + texts.length(row);
            bytes += end - start;
            if (!any || Arrays.compareUnsigned(data, start, end, min, 0, min.length) < 0) {
                min = Arrays.copyOfRange(data, start, end);
            }
            if (!any || Arrays.compareUnsigned(data, start, end, max, 0, max.length) > 0) {
                max = Arrays.copyOfRange(data, start, end);
            }
            any = true;
        }

        @Override
        void put(Map<Measure, Object> facts) {
            if (any) {
                facts.put(Measure.MIN, ColumnFacts.withoutTrailingBlanks(new String(min, StandardCharsets.UTF_8)));
                facts.put(Measure.MAX, ColumnFacts.withoutTrailingBlanks(new String(max, StandardCharsets.UTF_8)));
            }
            facts.put(Measure.BYTES, ColumnFacts.exact(bytes));
        }
    }
}
