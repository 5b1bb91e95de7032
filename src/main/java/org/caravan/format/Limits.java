package org.caravan.format;

import java.math.BigInteger;
import java.time.LocalDate;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ExactValues;

/** The bounds of each type's values as a batch stores them. Stateless. */
final class Limits {
    static final long FIRST_DAY = LocalDate.of(ExactValues.FIRST_YEAR, 1, 1).toEpochDay();
    static final long LAST_DAY = LocalDate.of(ExactValues.LAST_YEAR, 12, 31).toEpochDay();

    private Limits() {}

    /** The largest value of a type that is stored as a long; for dates and times what their number's width holds. */
    static long largest(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return 1;
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return BigInteger.TEN.pow(decimal.precision()).longValueExact() - 1;
        }
        if (type instanceof ColumnType.Int integer) {
            return Long.MAX_VALUE >> ((Long.BYTES - integer.bytes()) * Byte.SIZE);
        }
        return type instanceof ColumnType.Date ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    /** The least value of a type that is stored as a long. */
    static long least(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return 0;
        }
        long largest = largest(type);
        return type instanceof ColumnType.Decimal ? -largest : -largest - 1;
    }
}
