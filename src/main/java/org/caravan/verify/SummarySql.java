package org.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/**
 * The SQL that measures a table. Each column gives named figures ({@code c3_min}); wide tables are asked in several statements,
 * each of which counts the rows as well.
 *
 * <p>Sums are exact: a DECIMAL(38, s) has room for ten thousand million addends of 28 digits, so wider decimals are added in
 * pieces, and the pieces are put together by {@link SummaryRows}.
 */
final class SummarySql {
    /** Columns per statement: far below Redshift's 1,664 expressions and within what a plan compiles quickly. */
    static final int COLUMNS_PER_STATEMENT = 60;

    /** Digits of an addend for which a sum in DECIMAL(38, s) cannot overflow within 10^10 rows. */
    private static final int SAFE_DIGITS = 28;

    private static final String TEN_DIGITS = "10000000000";
    private static final String TENTH_PLACE = "0.0000000001";

    private final Engine engine;
    private final String comment;
    private final String table;

    SummarySql(Engine engine, String comment, String table) {
        this.engine = engine;
        this.comment = comment;
        this.table = table;
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
        } else if (type instanceof ColumnType.FloatingPoint) {
            addExtremes(figures, prefix, asDouble("MIN(" + name + ")"), asDouble("MAX(" + name + ")"));
        } else if (type instanceof ColumnType.Text) {
            addExtremes(figures, prefix, "MIN(" + name + ")", "MAX(" + name + ")");
            engine.bytes(name).ifPresent(bytes -> figures.add(bytes + " AS " + prefix + "bytes"));
        } else if (type instanceof ColumnType.Date) {
            addExtremes(figures, prefix, engine.days("MIN(" + name + ")"), engine.days("MAX(" + name + ")"));
        } else {
            ColumnType.Zone zone = ((ColumnType.Timestamp) type).zone();
            addExtremes(
                    figures,
                    prefix,
                    engine.micros("MIN(" + name + ")", zone),
                    engine.micros("MAX(" + name + ")", zone));
        }
    }

    private static void addExtremes(List<String> figures, String prefix, String min, String max) {
        figures.add(min + " AS " + prefix + "min");
        figures.add(max + " AS " + prefix + "max");
    }

    private String asDouble(String expression) {
        return "CAST(" + expression + " AS " + engine.doubleType() + ")";
    }

    /** The pieces of a sum: {@code sum}, or for wide decimals {@code whole}/{@code high}+{@code low} and {@code fine}/…. */
    private static void addSums(List<String> figures, ColumnType.Decimal type, String name, String prefix) {
        int scale = type.scale();
        if (type.precision() <= SAFE_DIGITS) {
            figures.add(sum(name, scale) + " AS " + prefix + "sum");
            return;
        }
        String fraction = "(" + name + " % 1)";
        String whole = "(" + name + " - " + fraction + ")";
        if (type.precision() - scale <= SAFE_DIGITS) {
            figures.add(sum(whole, 0) + " AS " + prefix + "whole");
        } else {
            String low = "(" + whole + " % " + TEN_DIGITS + ")";
            figures.add(sum("((" + whole + " - " + low + ") / " + TEN_DIGITS + ")", 0) + " AS " + prefix + "high");
            figures.add(sum(low, 0) + " AS " + prefix + "low");
        }
        if (scale == 0) {
            return;
        }
        if (scale <= SAFE_DIGITS) {
            figures.add(sum(fraction, scale) + " AS " + prefix + "fraction");
        } else {
            String fine = "(" + fraction + " % " + TENTH_PLACE + ")";
            figures.add(sum("(" + fraction + " - " + fine + ")", 10) + " AS " + prefix + "coarse");
            figures.add(sum(fine, scale) + " AS " + prefix + "fine");
        }
    }

    private static String sum(String expression, int scale) {
        return "SUM(CAST(" + expression + " AS DECIMAL(38," + scale + ")))";
    }
}
