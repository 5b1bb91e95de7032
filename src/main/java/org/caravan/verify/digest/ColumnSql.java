package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;

/** One column's part of a statement. */
abstract class ColumnSql {
    private static final int SECOND_HALF = 16;

    final SqlDialect dialect;
    final int index;
    final String name;

    private final Coefficients a;
    private final Coefficients b;

    ColumnSql(SqlDialect dialect, Column column, int index) {
        this.dialect = dialect;
        this.index = index;
        this.name = dialect.quoted(column.name());
        this.a = Coefficients.a(index);
        this.b = Coefficients.b(index);
    }

    static ColumnSql of(SqlDialect dialect, Column column, int index) {
        ColumnType type = column.type();
        if (type instanceof ColumnType.FloatingPoint) {
            return new DoubleSql(dialect, column, index);
        }
        if (type instanceof ColumnType.Text || type instanceof ColumnType.Super) {
            return new TextSql(dialect, column, index);
        }
        if (type instanceof ColumnType.Binary binary) {
            return new BinarySql(dialect, column, index, binary);
        }
        if (type instanceof ColumnType.Decimal decimal && !decimal.fitsLong()) {
            return new WideDecimalSql(dialect, column, index, decimal);
        }
        return new NumberSql(dialect, column, index);
    }

    final Coefficients a() {
        return a;
    }

    final Coefficients b() {
        return b;
    }

    /** The name of this column's form of set A, and of its figure. */
    final String figure() {
        return "c" + index;
    }

    /** What the innermost query selects, each with its name. */
    abstract List<String> values();

    /** What a later query selects: the same names, unless the column is scaled there. */
    List<String> step(int step) {
        return List.of("v" + index);
    }

    /** The form of this column's value, as BIGINT of either sign and some multiples of p in magnitude. */
    abstract String form(Coefficients set);

    /** Coefficient times residue, reduced. */
    final String term(Coefficients set, int slot, String residue) {
        return dialect.remainder("(" + set.of(slot) + " * " + residue + ")", Long.toString(Field.P));
    }

    /** Coefficient times the residue of the half of an MD5 that the set takes. */
    final String hash(Coefficients set, int slot, String md5) {
        String digits = dialect.digits(md5, set == a ? 1 : SECOND_HALF);
        return term(set, slot, dialect.remainder(digits, Long.toString(Field.P)));
    }

    /** A form whose terms are NULL where the value is. */
    final String form(Coefficients set, List<String> terms) {
        List<String> all = new ArrayList<>(List.of(Long.toString(set.offset())));
        all.addAll(terms);
        return "COALESCE(" + String.join(" + ", all) + ", " + set.formOfNull() + ")";
    }

    /** Text: its MD5 is a value, and each set takes a half of it. */
    private static final class TextSql extends OneValueSql {
        TextSql(SqlDialect dialect, Column column, int index) {
            super(dialect, column, index);
        }

        @Override
        String value() {
            return dialect.md5(name);
        }

        @Override
        String form(Coefficients set, String value) {
            return form(set, List.of(hash(set, 0, value)));
        }
    }

    /** Wide decimals: each chunk is a value. */
    private static final class WideDecimalSql extends ColumnSql {
        private final ColumnType.Decimal type;
        private final Chunks chunks;

        WideDecimalSql(SqlDialect dialect, Column column, int index, ColumnType.Decimal type) {
            super(dialect, column, index);
            this.type = type;
            this.chunks = Chunks.of(type);
        }

        @Override
        List<String> values() {
            List<String> values = new ArrayList<>();
            for (int k = 0; k < chunks.whole(); k++) {
                values.add(dialect.chunk(name, type, Chunks.DIGITS * k) + " AS " + named(Coefficients.WHOLE + k));
            }
            for (int k = 0; k < chunks.fraction(); k++) {
                values.add(dialect.chunk(name, type, -Chunks.DIGITS * (k + 1)) + " AS "
                        + named(Coefficients.FRACTION + k));
            }
            return values;
        }

        @Override
        List<String> step(int step) {
            return slots().stream().map(this::named).toList();
        }

        @Override
        String form(Coefficients set) {
            return form(
                    set,
                    slots().stream().map(slot -> term(set, slot, named(slot))).toList());
        }

        private List<Integer> slots() {
            List<Integer> slots = new ArrayList<>();
            for (int k = 0; k < chunks.whole(); k++) {
                slots.add(Coefficients.WHOLE + k);
            }
            for (int k = 0; k < chunks.fraction(); k++) {
                slots.add(Coefficients.FRACTION + k);
            }
            return slots;
        }

        private String named(int slot) {
            return "v" + index + "_" + slot;
        }
    }
}
