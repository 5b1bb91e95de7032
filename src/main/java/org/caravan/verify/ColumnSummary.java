package org.caravan.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import org.caravan.schema.Batch;
import org.caravan.schema.ColumnType;
import org.caravan.schema.DoubleVector;
import org.caravan.schema.LongVector;
import org.caravan.schema.Vector;

/** Measures one column while its rows pass by, a batch at a time and with no object per value; used by one thread at a time. */
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
                    : new DecimalSummary(column, decimal.scale());
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return new Doubles(column);
        }
        if (type instanceof ColumnType.Text) {
            return new TextSummary(column);
        }
        if (type instanceof ColumnType.Binary) {
            return new BytesSummary(column, false);
        }
        if (type instanceof ColumnType.Super) {
            return new BytesSummary(column, true);
        }
        return new Longs(column, 0, false);
    }

    final void add(Batch batch) {
        Vector vector = batch.vector(column);
        int rows = batch.rows();
        if (vector.hasNulls()) {
            for (int row = 0; row < rows; row++) {
                if (vector.isNull(row)) {
                    nulls++;
                }
            }
        }
        add(vector, rows);
    }

    final long nulls() {
        return nulls;
    }

    final ColumnFacts facts() {
        Map<Measure, Object> facts = new EnumMap<>(Measure.class);
        facts.put(Measure.NULLS, ColumnFacts.exact(nulls));
        put(facts);
        return new ColumnFacts(facts);
    }

    /** Measures the values of a batch that are not NULL. */
    abstract void add(Vector vector, int rows);

    abstract void put(Map<Measure, Object> facts);

    private static final class Bools extends ColumnSummary {
        private long trues;

        Bools(int column) {
            super(column);
        }

        @Override
        void add(Vector vector, int rows) {
            LongVector values = (LongVector) vector;
            for (int row = 0; row < rows; row++) {
                if (!values.isNull(row)) {
                    trues += values.get(row);
                }
            }
        }

        @Override
        void put(Map<Measure, Object> facts) {
            facts.put(Measure.TRUES, ColumnFacts.exact(trues));
        }
    }

    private static final class Longs extends ColumnSummary {
        private static final long LOW = 0xffff_ffffL;

        private final int scale;
        private final boolean summed;
        private long min = Long.MAX_VALUE;
        private long max = Long.MIN_VALUE;

        /** Taken from the sums of a batch's upper and lower halves, which do not overflow within 2<sup>31</sup> rows. */
        private BigInteger sum = BigInteger.ZERO;

        private boolean any;

        Longs(int column, int scale, boolean summed) {
            super(column);
            this.scale = scale;
            this.summed = summed;
        }

        @Override
        void add(Vector vector, int rows) {
            LongVector values = (LongVector) vector;
            boolean nulls = values.hasNulls();
            long least = min;
            long greatest = max;
            long high = 0;
            long low = 0;
            int count = 0;
            for (int row = 0; row < rows; row++) {
                if (nulls && values.isNull(row)) {
                    continue;
                }
                long value = values.get(row);
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                high += value >> Integer.SIZE;
                low += value & LOW;
                count++;
            }
            min = least;
            max = greatest;
            any |= count > 0;
            sum = sum.add(BigInteger.valueOf(high).shiftLeft(Integer.SIZE)).add(BigInteger.valueOf(low));
        }

        @Override
        void put(Map<Measure, Object> facts) {
            if (any) {
                facts.put(Measure.MIN, ColumnFacts.exact(BigDecimal.valueOf(min, scale)));
                facts.put(Measure.MAX, ColumnFacts.exact(BigDecimal.valueOf(max, scale)));
            }
            if (summed) {
                facts.put(Measure.SUM, ColumnFacts.exact(new BigDecimal(sum, scale)));
            }
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
        void add(Vector vector, int rows) {
            DoubleVector values = (DoubleVector) vector;
            for (int row = 0; row < rows; row++) {
                if (values.isNull(row)) {
                    continue;
                }
                double value = values.get(row);
                any = true;
                // Double.compare has NaN above all, as Redshift and Spark have.
                if (Double.compare(value, min) < 0) {
                    min = value;
                }
                if (Double.compare(value, max) > 0) {
                    max = value;
                }
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
}
