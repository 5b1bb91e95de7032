package org.caravan.verify.digest;

import java.math.BigInteger;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Vector;

/**
 * Computes one column's part of the digest, a batch at a time and with no object per value. Used by one thread at a time.
 *
 * <p>A value's <em>form</em> is its column's offset plus the sum of coefficient times residue over its slots, once for each set of
 * coefficients.
 */
abstract class ColumnDigest {
    private static final long CARRY = 1L << 62;

    final Coefficients a;
    final Coefficients b;

    private BigInteger carried = BigInteger.ZERO;
    private long sum;

    ColumnDigest(int column) {
        this.a = Coefficients.a(column);
        this.b = Coefficients.b(column);
    }

    /**
     * For a type that the digest covers.
     *
     * @param texts shared by the columns of a table
     * @param columns how many there are
     */
    static ColumnDigest of(ColumnType type, int column, TextBatch texts, int columns) {
        if (type instanceof ColumnType.Bool) {
            return new NumberDigest(column, new Chunks(1, 0), 1);
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return new DoubleDigest(column);
        }
        if (type instanceof ColumnType.Text || type instanceof ColumnType.Super) {
            return new TextDigest(column, texts, columns);
        }
        if (type instanceof ColumnType.Binary) {
            return new BinaryDigest(column, texts);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            return new WideDecimalDigest(column, Chunks.of(type));
        }
        return new NumberDigest(column, Chunks.of(type), 0);
    }

    /**
     * Adds a batch's values to this column's figure, and their forms to those of the rows.
     *
     * @param rowForms the rows' sums of forms
     * @param scratch room for the forms of this column
     */
    final void add(Vector vector, int rows, Forms rowForms, Forms scratch) {
        formsWithNulls(vector, rows, scratch);
        long[] formsA = scratch.a();
        Field.addReduced(formsA, rowForms.a(), rows);
        Field.addFolded(scratch.b(), rowForms.b(), rows);
        Field.raiseToFifth(formsA, rows);
        sum += Field.sum(formsA, rows);
        if (sum >= CARRY) {
            carried = carried.add(BigInteger.valueOf(sum));
            sum = 0;
        }
    }

    /** Writes the forms of all rows, not negative and not necessarily reduced. */
    final void formsWithNulls(Vector vector, int rows, Forms into) {
        long[] formsA = into.a();
        long[] formsB = into.b();
        forms(vector, rows, formsA, formsB);
        if (vector.hasNulls()) {
            long nullA = a.formOfNull();
            long nullB = b.formOfNull();
            for (int row = 0; row < rows; row++) {
                if (vector.isNull(row)) {
                    formsA[row] = nullA;
                    formsB[row] = nullB;
                }
            }
        }
    }

    /** The sum of the fifth powers of the forms of all values, set A. */
    final BigInteger figure() {
        return carried.add(BigInteger.valueOf(sum));
    }

    /** Writes the forms of all rows, not negative and not necessarily reduced (below 2<sup>63</sup>); those of NULL rows do not matter. */
    abstract void forms(Vector vector, int rows, long[] formsA, long[] formsB);
}
