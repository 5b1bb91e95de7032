package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.util.Optional;
import org.caravan.schema.ColumnType;

/**
 * Amazon Redshift, by the letter of its developer guide: MOD of an INTEGER and a BIGINT is an INTEGER, so both are BIGINT; MOD of
 * decimals wants decimals, and gives their type if both have the same; a product of decimals has p1 + p2 + 1 digits of at most 38
 * ("Computations with numeric values", https://docs.aws.amazon.com/redshift/latest/dg/r_numeric_computations201.html).
 */
final class RedshiftDialect implements SqlDialect {
    @Override
    public String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String bigint(String expression) {
        return "CAST(" + expression + " AS BIGINT)";
    }

    @Override
    public String remainder(String dividend, String divisor) {
        return "(" + dividend + " % " + divisor + "::BIGINT)";
    }

    @Override
    public String quotient(String dividend, String divisor) {
        return "(" + dividend + " / " + divisor + "::BIGINT)";
    }

    @Override
    public String md5(String text) {
        return "MD5(" + text + ")";
    }

    @Override
    public String byteCount(String binary) {
        return "OCTET_LENGTH(" + binary + ")";
    }

    /** LOWER, since no page says in which case the digits are. */
    @Override
    public String hexadecimal(String binary, int start, int count) {
        return "LOWER(FROM_VARBYTE(SUBSTRING(" + binary + ", " + start + ", " + count + "), 'hex'))";
    }

    @Override
    public String digits(String hexadecimal, int position) {
        return "STRTOL(SUBSTRING(" + hexadecimal + ", " + position + ", 15), 16)";
    }

    @Override
    public String days(String date) {
        return bigint("DATEDIFF(day, DATE '1970-01-01', " + date + ")");
    }

    @Override
    public String micros(String timestamp, ColumnType.Zone zone) {
        String utc = zone == ColumnType.Zone.INSTANT ? "(" + timestamp + " AT TIME ZONE 'UTC')" : timestamp;
        return bigint("DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', " + utc + ")");
    }

    @Override
    public String unscaled(String decimal, ColumnType.Decimal type) {
        return bigint(
                type.scale() == 0
                        ? decimal
                        : "(" + decimal + " * CAST(" + power(type.scale()) + " AS DECIMAL(" + (type.scale() + 1)
                                + ",0)))");
    }

    /** TRUNC and MOD keep the decimal's type, and a chunk of nine digits is exact in the 53 bits of a DOUBLE PRECISION. */
    @Override
    public String chunk(String decimal, ColumnType.Decimal type, int power) {
        int wholeDigits = type.precision() - type.scale();
        int upper = power + Chunks.DIGITS;
        String low = upper >= wholeDigits
                ? decimal
                : "MOD(" + decimal + ", CAST(" + power(upper) + " AS " + "DECIMAL(" + type.precision() + ","
                        + type.scale() + ")))";
        String nine = -power >= type.scale() ? low : "TRUNC(" + low + ", " + -power + ")";
        return "CAST(ROUND(CAST(" + nine + " AS DOUBLE PRECISION) * " + constant("1E" + -power) + ") AS BIGINT)";
    }

    @Override
    public String doubleType() {
        return "DOUBLE PRECISION";
    }

    @Override
    public String real(String text) {
        return "CAST(" + text + " AS REAL)";
    }

    /** As text, since a numeric literal has at most 38 digits. */
    @Override
    public String constant(String digits) {
        return "CAST('" + digits + "' AS DOUBLE PRECISION)";
    }

    @Override
    public String floorToBigint(String expression) {
        return "CAST(FLOOR(" + expression + ") AS BIGINT)";
    }

    /** A volatile expression keeps the subquery from being merged into the query around it. */
    @Override
    public Optional<String> fence() {
        return Optional.of("RANDOM() AS fence");
    }

    private static String power(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent).toPlainString();
    }
}
