package org.caravan.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** Reads the answers to {@link SummarySql}: one row a statement, as a map of figures by name. */
final class SummaryRows {
    private static final List<String> SUM_PIECES = List.of("sum", "whole", "fraction", "coarse", "fine");

    private final Columns columns;
    private final List<Map<String, Object>> rows;

    SummaryRows(Columns columns, List<Map<String, Object>> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** The rows, of which nothing else was asked. */
    static long count(List<Map<String, Object>> answers) {
        if (answers.size() != 1) {
            throw new CaravanException(
                    Category.VERIFY, "The verification asked 1 question and got " + answers.size() + " answers.");
        }
        return number(answers.get(0), "n").longValueExact();
    }

    TableFacts facts() {
        int statements = SummarySql.count(columns);
        if (rows.size() != statements) {
            throw new CaravanException(
                    Category.VERIFY,
                    "The verification asked " + statements + " questions and got " + rows.size() + " answers.");
        }
        long count = number(rows.get(0), "n").longValueExact();
        for (Map<String, Object> row : rows) {
            long again = number(row, "n").longValueExact();
            if (again != count) {
                throw new CaravanException(
                        Category.VERIFY,
                        "The table changed while it was verified: it had " + count + " rows, then " + again + ".");
            }
        }
        List<ColumnFacts> facts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            facts.add(column(i, rows.get(i / SummarySql.COLUMNS_PER_STATEMENT), count));
        }
        return new TableFacts(columns, count, facts);
    }

    private ColumnFacts column(int index, Map<String, Object> row, long count) {
        String prefix = "c" + index + "_";
        long values = number(row, prefix + "count").longValueExact();
        Map<Measure, Object> facts = new EnumMap<>(Measure.class);
        facts.put(Measure.NULLS, ColumnFacts.exact(count - values));
        ColumnType type = columns.get(index).type();
        if (type instanceof ColumnType.Bool) {
            facts.put(Measure.TRUES, values == 0 ? BigDecimal.ZERO : number(row, prefix + "trues"));
            return new ColumnFacts(facts);
        }
        if (row.containsKey(prefix + "bytes")) {
            facts.put(Measure.BYTES, values == 0 ? BigDecimal.ZERO : number(row, prefix + "bytes"));
        }
        if (type instanceof ColumnType.Binary || type instanceof ColumnType.Super) {
            return new ColumnFacts(facts);
        }
        if (values > 0) {
            facts.put(Measure.MIN, extreme(type, row, prefix + "min"));
            facts.put(Measure.MAX, extreme(type, row, prefix + "max"));
        }
        if (type instanceof ColumnType.Int || type instanceof ColumnType.Decimal) {
            facts.put(Measure.SUM, values == 0 ? BigDecimal.ZERO : sum(row, prefix));
        }
        return new ColumnFacts(facts);
    }

    private static Object extreme(ColumnType type, Map<String, Object> row, String name) {
        if (type instanceof ColumnType.Text) {
            return ColumnFacts.withoutTrailingBlanks(String.valueOf(value(row, name)));
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return ColumnFacts.exact(((Number) value(row, name)).doubleValue());
        }
        return number(row, name);
    }

    private static BigDecimal sum(Map<String, Object> row, String prefix) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String piece : SUM_PIECES) {
            if (row.containsKey(prefix + piece)) {
                sum = sum.add(number(row, prefix + piece));
            }
        }
        if (row.containsKey(prefix + "top")) {
            sum = sum.add(number(row, prefix + "top").scaleByPowerOfTen(SummarySql.SAFE_DIGITS));
        }
        return ColumnFacts.exact(sum);
    }

    private static BigDecimal number(Map<String, Object> row, String name) {
        return ColumnFacts.exact(new BigDecimal(value(row, name).toString()));
    }

    private static Object value(Map<String, Object> row, String name) {
        Object value = row.get(name);
        if (value == null) {
            throw new CaravanException(
                    Category.VERIFY,
                    "The verification's answer lacks the figure '" + name + "': it holds " + row.keySet() + ".");
        }
        return value;
    }
}
