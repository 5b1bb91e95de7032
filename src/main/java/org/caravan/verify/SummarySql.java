package org.caravan.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/**
 * The SQL that measures a table, each column read from the storage that the table has for it. Each column gives named figures ({@code c3_min}); wide tables are asked in several statements,
 * each of which counts the rows as well.
 *
 * <p>Sums are exact: a DECIMAL(38, s) has room for ten thousand million addends of 28 digits, so wider decimals are added in
 * pieces, and the pieces are put together by {@link SummaryRows}.
 */
final class SummarySql {
    /** Columns per statement: far below Redshift's 1,664 expressions and within what a plan compiles quickly. */
    static final int COLUMNS_PER_STATEMENT = 60;

    /** Digits of an addend for which a sum in DECIMAL(38, s) cannot overflow within 10^10 rows. */
    static final int SAFE_DIGITS = 28;

    private static final BigDecimal TENTH_PLACE = BigDecimal.ONE.movePointLeft(10);

    private final Engine engine;
    private final String comment;
    private final String table;

    SummarySql(Engine engine, String comment, String table) {
        this.engine = engine;
        this.comment = comment;
        this.table = table;
    }

    /** Asks for the rows only. */
    static String count(String comment, String table) {
        return comment + "SELECT COUNT(*) AS n FROM " + table;
    }

    /** How many statements ask for columns. */
    static int count(Columns columns) {
        return (columns.size() + COLUMNS_PER_STATEMENT - 1) / COLUMNS_PER_STATEMENT;
    }

    List<String> statements(Columns columns) {
        List<String> statements = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += COLUMNS_PER_STATEMENT) {
            List<String> figures = new ArrayList<>();
            figures.add("COUNT(*) AS n");
            for (int i = from; i < Math.min(columns.size(), from + COLUMNS_PER_STATEMENT); i++) {
                addFigures(figures, columns.get(i), "c" + i + "_");
            }
            statements.add(comment + "SELECT " + String.join(", ", figures) + " FROM " + table);
        }
        return statements;
    }

    private void addFigures(List<String> figures, Column column, String prefix) {
        String name = engine.quoted(column.name());
        figures.add("COUNT(" + name + ") AS " + prefix + "count");
        ColumnType type = column.type();
        if (type instanceof ColumnType.Bool) {
            figures.add("SUM(CASE WHEN " + name + " THEN 1 ELSE 0 END) AS " + prefix + "trues");
        } else if (type instanceof ColumnType.Int) {
            addExtremes(figures, prefix, "MIN(" + name + ")", "MAX(" + name + ")");
            figures.add("SUM(CAST(" + name + " AS DECIMAL(38,0))) AS " + prefix + "sum");
        } else if (type instanceof ColumnType.Decimal decimal) {
            addExtremes(figures, prefix, "MIN(" + name + ")", "MAX(" + name + ")");
            addSums(figures, decimal, name, prefix);
        } else if (type instanceof ColumnType.FloatingPoint floating) {
            String number = number(name, floating, column.storage());
            addExtremes(figures, prefix, asDouble("MIN(" + number + ")"), asDouble("MAX(" + number + ")"));
        } else if (type instanceof ColumnType.Text) {
            addExtremes(figures, prefix, "MIN(" + name + ")", "MAX(" + name + ")");
            addBytes(figures, column, name, prefix);
        } else if (type instanceof ColumnType.Binary || type instanceof ColumnType.Super) {
            addBytes(figures, column, name, prefix);
        } else if (type instanceof ColumnType.Date) {
            addExtremes(figures, prefix, engine.days("MIN(" + name + ")"), engine.days("MAX(" + name + ")"));
        } else {
            ColumnType.Zone zone =
                    column.storage() == Storage.UTC ? ColumnType.Zone.LOCAL : ((ColumnType.Timestamp) type).zone();
            addExtremes(
                    figures,
                    prefix,
                    engine.micros("MIN(" + name + ")", zone),
                    engine.micros("MAX(" + name + ")", zone));
        }
    }

    private void addBytes(List<String> figures, Column column, String name, String prefix) {
        if (column.type() instanceof ColumnType.Super && column.storage() == Storage.AS_IS) {
            return;
        }
        engine.bytes(name, column.storage()).ifPresent(bytes -> figures.add(bytes + " AS " + prefix + "bytes"));
    }

    private String number(String name, ColumnType.FloatingPoint type, Storage storage) {
        if (storage != Storage.NUMBER_TEXT) {
            return name;
        }
        return "CAST(" + name + " AS " + (type.bytes() == Float.BYTES ? engine.realType() : engine.doubleType()) + ")";
    }

    private static void addExtremes(List<String> figures, String prefix, String min, String max) {
        figures.add(min + " AS " + prefix + "min");
        figures.add(max + " AS " + prefix + "max");
    }

    private String asDouble(String expression) {
        return "CAST(" + expression + " AS " + engine.doubleType() + ")";
    }

    /**
     * The pieces of a sum: {@code sum}; of wide decimals {@code top} (which counts {@value #SAFE_DIGITS} zeros behind it), {@code
     * whole} and {@code fraction}, or {@code coarse} and {@code fine} instead of the last. Both operands of a remainder have the
     * column's own type, so that it has that type as well.
     */
    private void addSums(List<String> figures, ColumnType.Decimal type, String name, String prefix) {
        int scale = type.scale();
        int wholeDigits = type.precision() - scale;
        if (type.precision() <= SAFE_DIGITS) {
            figures.add(sum(name, scale) + " AS " + prefix + "sum");
            return;
        }
        String fraction = wholeDigits == 0 ? name : remainder(name, BigDecimal.ONE, type);
        String low = name;
        if (wholeDigits > SAFE_DIGITS) {
            low = remainder(name, BigDecimal.ONE.scaleByPowerOfTen(SAFE_DIGITS), type);
            String top = engine.quotient("(" + name + " - " + low + ")", SAFE_DIGITS, type);
            figures.add(sum(top, 0) + " AS " + prefix + "top");
        }
        if (wholeDigits > 0) {
            figures.add(sum(scale == 0 ? low : "(" + low + " - " + fraction + ")", 0) + " AS " + prefix + "whole");
        }
        if (scale == 0) {
            return;
        }
        if (scale <= SAFE_DIGITS) {
            figures.add(sum(fraction, scale) + " AS " + prefix + "fraction");
        } else {
            String fine = remainder(fraction, TENTH_PLACE, type);
            figures.add(sum("(" + fraction + " - " + fine + ")", 10) + " AS " + prefix + "coarse");
            figures.add(sum(fine, scale) + " AS " + prefix + "fine");
        }
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_MOD.html">MOD of decimals</a>
     */
    private static String remainder(String dividend, BigDecimal divisor, ColumnType.Decimal type) {
        return "(" + dividend + " % " + typed(divisor, type) + ")";
    }

    /** A constant in the type of a column. */
    static String typed(BigDecimal value, ColumnType.Decimal type) {
        return "CAST(" + value.toPlainString() + " AS DECIMAL(" + type.precision() + "," + type.scale() + "))";
    }

    private static String sum(String expression, int scale) {
        return "SUM(CAST(" + expression + " AS DECIMAL(38," + scale + ")))";
    }
}
