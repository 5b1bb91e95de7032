package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.List;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Storage;

/** Integers, booleans, dates, time stamps and decimals of up to 18 digits: one BIGINT, cut into chunks by integer arithmetic. */
final class NumberSql extends OneValueSql {
    private static final String BASE = Integer.toString(Chunks.BASE);

    private final ColumnType type;
    private final Storage storage;
    private final Chunks chunks;

    NumberSql(SqlDialect dialect, Column column, int index) {
        super(dialect, column, index);
        this.type = column.type();
        this.storage = column.storage();
        this.chunks = type instanceof ColumnType.Bool ? new Chunks(1, 0) : Chunks.of(type);
    }

    @Override
    String value() {
        if (type instanceof ColumnType.Bool) {
            return dialect.bigint("CASE WHEN " + name + " THEN 2 WHEN NOT " + name + " THEN 1 END");
        }
        if (type instanceof ColumnType.Date) {
            return dialect.days(name);
        }
        if (type instanceof ColumnType.Timestamp timestamp) {
            return dialect.micros(name, storage == Storage.UTC ? ColumnType.Zone.LOCAL : timestamp.zone());
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return dialect.unscaled(name, decimal);
        }
        return dialect.bigint(name);
    }

    @Override
    String form(Coefficients set, String value) {
        List<String> terms = new ArrayList<>();
        String rest = value;
        int left = chunks.scale() + chunks.wholeDigits();
        if (chunks.scale() > 0) {
            int last = chunks.lastDigits();
            String residue = dialect.remainder(rest, Integer.toString(Chunks.powerOfTen(last)));
            if (last < Chunks.DIGITS) {
                residue = residue + " * " + Chunks.powerOfTen(Chunks.DIGITS - last);
            }
            terms.add(term(set, Coefficients.FRACTION + chunks.fraction() - 1, residue));
            rest = dialect.quotient(rest, Integer.toString(Chunks.powerOfTen(last)));
            left -= last;
            for (int k = chunks.fraction() - 2; k >= 0; k--) {
                terms.add(term(set, Coefficients.FRACTION + k, lowest(rest, left)));
                rest = dialect.quotient(rest, BASE);
                left -= Chunks.DIGITS;
            }
        }
        for (int k = 0; k < chunks.whole(); k++) {
            terms.add(term(set, Coefficients.WHOLE + k, lowest(rest, left)));
            rest = dialect.quotient(rest, BASE);
            left -= Chunks.DIGITS;
        }
        return form(set, terms);
    }

    /** The lowest chunk of what is left; no remainder is needed where no more digits are left. */
    private String lowest(String rest, int left) {
        return left <= Chunks.DIGITS ? rest : dialect.remainder(rest, BASE);
    }
}
