package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/**
 * Floating-point numbers: scaled by powers of two, which is exact, to y with 1 ≤ y &lt; 2<sup>30</sup>, first by steps of
 * 2<sup>240</sup>, then of 2<sup>30</sup>. What is not finite, and 0, is 1 here and told apart in the form. The comparisons hold
 * whether an engine has NaN above all numbers, as Spark and PostgreSQL have, or unequal to all.
 */
final class DoubleSql extends ColumnSql {
    /** How many queries scale. */
    static final int STEPS = 2;

    private static final int FINE = DoubleDigest.BITS;
    private static final int COARSE = 8 * FINE;
    private static final int HIGHEST = 4 * COARSE;
    private static final MathContext EXACT_DIGITS = new MathContext(17);

    private final String number;
    private final String v;
    private final String y;
    private final String e;

    DoubleSql(SqlDialect dialect, Column column, int index) {
        super(dialect, column, index);
        // The text of a REAL is short, and names another DOUBLE PRECISION than the REAL's value.
        boolean shortText = column.storage() == Storage.NUMBER_TEXT
                && column.type() instanceof ColumnType.FloatingPoint floating
                && floating.bytes() == Float.BYTES;
        this.number = shortText ? dialect.real(name) : name;
        this.v = "v" + index;
        this.y = "y" + index;
        this.e = "e" + index;
    }

    @Override
    List<String> values() {
        return List.of("CAST(" + number + " AS " + dialect.doubleType() + ") AS " + v);
    }

    @Override
    List<String> step(int step) {
        return step == 0
                ? List.of(v, coarse() + " AS " + y, coarseExponent() + " AS " + e)
                : List.of(v, fine() + " AS " + y, fineExponent() + " AS " + e);
    }

    private String coarse() {
        StringBuilder cases = new StringBuilder("CASE WHEN NOT " + finite() + " OR " + v + " = 0 THEN " + power(0));
        for (int exponent = HIGHEST; exponent >= -HIGHEST; exponent -= COARSE) {
            cases.append(" WHEN ABS(" + v + ") >= " + power(exponent) + " THEN ABS(" + v + ") * " + power(-exponent));
        }
        // In two steps, since 2^1200 is no floating-point number.
        cases.append(" ELSE ABS(" + v + ") * " + power(HIGHEST) + " * " + power(COARSE) + " END");
        return orOne(cases.toString());
    }

    /** NULL compares as neither true nor false, and falls to the last case. */
    private String orOne(String scaled) {
        return "COALESCE(" + scaled + ", " + power(0) + ")";
    }

    private String coarseExponent() {
        StringBuilder cases = new StringBuilder("CASE WHEN NOT " + finite() + " OR " + v + " = 0 THEN 0");
        for (int exponent = HIGHEST; exponent >= -HIGHEST; exponent -= COARSE) {
            cases.append(" WHEN ABS(" + v + ") >= " + power(exponent) + " THEN " + exponent / FINE);
        }
        return dialect.bigint(cases + " ELSE " + (-HIGHEST - COARSE) / FINE + " END");
    }

    private String fine() {
        StringBuilder cases = new StringBuilder("CASE");
        for (int exponent = COARSE - FINE; exponent > 0; exponent -= FINE) {
            cases.append(" WHEN " + y + " >= " + power(exponent) + " THEN " + y + " * " + power(-exponent));
        }
        return cases + " ELSE " + y + " END";
    }

    private String fineExponent() {
        StringBuilder cases = new StringBuilder(e + " + CASE");
        for (int exponent = COARSE - FINE; exponent > 0; exponent -= FINE) {
            cases.append(" WHEN " + y + " >= " + power(exponent) + " THEN " + exponent / FINE);
        }
        return cases + " ELSE 0 END";
    }

    @Override
    String form(Coefficients set) {
        String rest = "(" + y + " - FLOOR(" + y + ")) * " + power(FINE);
        String whole = "CASE WHEN " + v + " < 0 THEN -" + dialect.floorToBigint(y) + " ELSE " + dialect.floorToBigint(y)
                + " END";
        String finite = String.join(
                " + ",
                Long.toString(set.offset()),
                term(set, 0, whole),
                term(set, 1, dialect.floorToBigint(rest)),
                term(set, 2, dialect.floorToBigint("(" + rest + " - FLOOR(" + rest + ")) * " + power(FINE))),
                term(set, Coefficients.EXPONENT, "(" + e + " + " + DoubleDigest.BIAS + ")"));
        return "CASE WHEN " + v + " IS NULL THEN " + set.formOfNull()
                + " WHEN " + v + " = 0 THEN " + set.offset()
                + " WHEN " + finite() + " THEN " + finite
                + " WHEN " + v + " = " + dialect.constant("Infinity") + " THEN "
                + set.form(Coefficients.EXPONENT, DoubleDigest.INFINITE)
                + " WHEN " + v + " = " + dialect.constant("-Infinity") + " THEN "
                + set.form(Coefficients.EXPONENT, DoubleDigest.NEGATIVE_INFINITE)
                + " ELSE " + set.form(Coefficients.EXPONENT, DoubleDigest.NOT_A_NUMBER) + " END";
    }

    private String finite() {
        return "(ABS(" + v + ") <= " + number(Double.MAX_VALUE) + ")";
    }

    private String power(int exponent) {
        return number(Math.scalb(1.0, exponent));
    }

    /** With 17 digits, which name a floating-point number exactly. */
    private String number(double value) {
        return dialect.constant(
                new BigDecimal(value).round(EXACT_DIGITS).stripTrailingZeros().toString());
    }
}
