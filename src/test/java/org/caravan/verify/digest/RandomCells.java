package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.caravan.schema.ColumnType;

/** Tables of random types and values from a seed. */
public final class RandomCells {
    private static final List<String> PIECES =
            List.of("", " ", "a", "Z", "0", "é", "ß", "\u20AC", "\uFFFD", "😀", "𐍈", "a ", "\t", "~", "'", "\\");

    private RandomCells() {}

    /** Some columns of random types, each type with all that {@link Awkward} knows and random values besides. */
    public static Cells table(Random random, int columns, int rows) {
        Map<ColumnType, List<Optional<Object>>> awkward = Awkward.values();
        List<ColumnType> all = new ArrayList<>(awkward.keySet());
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            types.add(random.nextInt(3) == 0 ? decimal(random) : all.get(random.nextInt(all.size())));
        }
        return table(random, types, rows);
    }

    /** Rows of the given types. */
    public static Cells table(Random random, List<ColumnType> types, int rows) {
        Map<ColumnType, List<Optional<Object>>> awkward = Awkward.values();
        List<List<Optional<Object>>> table = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            List<Optional<Object>> cells = new ArrayList<>();
            for (ColumnType type : types) {
                List<Optional<Object>> known = awkward.getOrDefault(type, List.of(Optional.empty()));
                cells.add(
                        random.nextInt(8) == 0
                                ? known.get(random.nextInt(known.size()))
                                : Optional.of(value(random, type)));
            }
            table.add(cells);
        }
        return new Cells(Cells.named(types), table);
    }

    private static ColumnType decimal(Random random) {
        int precision = 1 + random.nextInt(38);
        // Redshift keeps decimals of up to 19 digits in 64 bits, so not every number of 19 digits fits.
        precision = precision == 19 ? 20 : precision;
        return new ColumnType.Decimal(precision, random.nextInt(Math.min(precision, 37) + 1));
    }

    private static Object value(Random random, ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return random.nextBoolean() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (type instanceof ColumnType.Int integer) {
            return BigDecimal.valueOf(random.nextLong() >> (64 - 8 * integer.bytes()));
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger unscaled =
                    new BigInteger(128, random).mod(BigInteger.TEN.pow(1 + random.nextInt(decimal.precision())));
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == 4
                    ? (Object) (double) Float.intBitsToFloat(random.nextInt())
                    : (Object) Double.longBitsToDouble(random.nextLong());
        }
        if (type instanceof ColumnType.Binary) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
        if (type instanceof ColumnType.Super) {
            return "{\"n\": " + random.nextInt(1000) + ", \"t\": [" + random.nextBoolean() + ", null]}";
        }
        if (type instanceof ColumnType.Text) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            return text.toString();
        }
        if (type instanceof ColumnType.Date) {
            return BigDecimal.valueOf(random.nextInt(200_000) - 100_000);
        }
        // From the year 1600 to the year 9999.
        return BigDecimal.valueOf(random.nextLong(-11_676_096_000_000_000L, 253_402_300_800_000_000L));
    }
}
