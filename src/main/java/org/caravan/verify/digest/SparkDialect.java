package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.util.Optional;
import org.caravan.schema.ColumnType;

/** Spark SQL and Databricks SQL, in ANSI mode or not, with the session in UTC. */
final class SparkDialect implements SqlDialect {
    @Override
    public String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public String bigint(String expression) {
        return "CAST(" + expression + " AS BIGINT)";
    }

    @Override
    public String remainder(String dividend, String divisor) {
        return "(" + dividend + " % " + divisor + "L)";
    }

    @Override
    public String quotient(String dividend, String divisor) {
        return "(" + dividend + " div " + divisor + "L)";
    }

    @Override
    public String md5(String text) {
        return "md5(CAST(" + text + " AS BINARY))";
    }

    @Override
    public String byteCount(String binary) {
        return "octet_length(" + binary + ")";
    }

    @Override
    public String hexadecimal(String binary, int start, int count) {
        return "lower(hex(substring(" + binary + ", " + start + ", " + count + ")))";
    }

    @Override
    public String digits(String hexadecimal, int position) {
        return bigint("conv(substring(" + hexadecimal + ", " + position + ", 15), 16, 10)");
    }

    @Override
    public String days(String date) {
        return bigint("unix_date(" + date + ")");
    }

    @Override
    public String micros(String timestamp, ColumnType.Zone zone) {
        return "unix_micros(CAST(" + timestamp + " AS TIMESTAMP))";
    }

    @Override
    public String unscaled(String decimal, ColumnType.Decimal type) {
        return bigint(type.scale() == 0 ? decimal : "(" + decimal + " * " + power(type.scale()) + ")");
    }

    /** The difference of two remainders has nine digits other than zero, so none is lost where Spark lowers a result's scale. */
    @Override
    public String chunk(String decimal, ColumnType.Decimal type, int power) {
        int wholeDigits = type.precision() - type.scale();
        int upper = power + Chunks.DIGITS;
        String low = upper >= wholeDigits ? decimal : "(" + decimal + " % " + power(upper) + ")";
        String nine = -power >= type.scale() ? low : "(" + low + " - (" + decimal + " % " + power(power) + "))";
        return "CAST(rint(CAST(" + nine + " AS DOUBLE) * " + constant("1E" + -power) + ") AS BIGINT)";
    }

    @Override
    public String doubleType() {
        return "DOUBLE";
    }

    @Override
    public String real(String text) {
        return "CAST(" + text + " AS FLOAT)";
    }

    @Override
    public String constant(String digits) {
        return "CAST('" + digits + "' AS DOUBLE)";
    }

    @Override
    public String floorToBigint(String expression) {
        return "CAST(floor(" + expression + ") AS BIGINT)";
    }

    /** Spark keeps the projections apart where one uses another's expensive expression several times. */
    @Override
    public Optional<String> fence() {
        return Optional.empty();
    }

    private static String power(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent).toPlainString() + "BD";
    }
}
