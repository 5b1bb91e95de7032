package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;

/** The digest as {@code docs/reference/digest.md} says it, at leisure and with big numbers; shares no code with the product. */
public final class Reference {
    private static final BigInteger P = BigInteger.valueOf(2147483647);
    private static final BigInteger NULL = BigInteger.valueOf(1073741823);
    private static final BigDecimal BASE = BigDecimal.valueOf(1_000_000_000);

    private Reference() {}

    /** The digest of a table of one group of columns. */
    public static Digest digest(Cells table) {
        List<BigInteger> figures = new ArrayList<>();
        int width = table.columns().size();
        for (int column = 0; column < width; column++) {
            BigInteger figure = BigInteger.ZERO;
            for (List<Optional<Object>> row : table.rows()) {
                figure =
                        figure.add(form("A", column, table.columns().get(column).type(), row.get(column))
                                .modPow(BigInteger.valueOf(5), P));
            }
            figures.add(figure);
        }
        return new Digest(table.rows().size(), figures, List.of(new Digest.Sums(rows("A", table), rows("B", table))));
    }

    /** The digest of about one row in so many of a table of one group of columns. */
    public static Digest digest(Cells table, int oneIn) {
        BigInteger bound = P.divide(BigInteger.valueOf(oneIn));
        Digest chosen = digest(table.withRows(table.rows().stream()
                .filter(row -> key(table.columns(), row)
                        .map(key -> key.compareTo(bound) < 0)
                        .orElse(true))
                .toList()));
        return new Digest(new Sample(oneIn), chosen.rows(), chosen.columns(), chosen.groups());
    }

    /** The key by which a row is chosen; empty if the table has none. */
    static Optional<BigInteger> key(Columns columns, List<Optional<Object>> row) {
        List<Integer> numbers = new ArrayList<>();
        List<Integer> texts = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            ColumnType type = columns.get(column).type();
            boolean number = type instanceof ColumnType.Timestamp
                    || (type instanceof ColumnType.Int integer && integer.bytes() >= 4)
                    || (type instanceof ColumnType.Decimal decimal
                            && decimal.precision() >= 9
                            && decimal.precision() <= 18);
            if (number && numbers.size() < 8) {
                numbers.add(column);
            }
            if (type instanceof ColumnType.Text && texts.size() < 8) {
                texts.add(column);
            }
        }
        BigInteger sum = BigInteger.ZERO;
        for (int column : numbers.isEmpty() ? texts : numbers) {
            sum = sum.add(form("A", column, columns.get(column).type(), row.get(column)));
        }
        if (!numbers.isEmpty()) {
            return Optional.of(sum.multiply(sum).mod(P));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(sum.mod(P));
    }

    private static BigInteger rows(String set, Cells table) {
        BigInteger sum = BigInteger.ZERO;
        for (List<Optional<Object>> row : table.rows()) {
            BigInteger forms = BigInteger.ZERO;
            for (int column = 0; column < table.columns().size(); column++) {
                forms = forms.add(form(set, column, table.columns().get(column).type(), row.get(column)));
            }
            sum = sum.add(forms.modPow(BigInteger.valueOf(25), P));
        }
        return sum;
    }

    private static BigInteger form(String set, int column, ColumnType type, Optional<Object> value) {
        BigInteger form = coefficient(set, column, 15);
        for (Map.Entry<Integer, BigInteger> residue : residues(set, type, value).entrySet()) {
            form = form.add(coefficient(set, column, residue.getKey()).multiply(residue.getValue()));
        }
        return form.mod(P);
    }

    private static BigInteger coefficient(String set, int column, int slot) {
        String digits =
                md5("caravan-digest-1/" + set + "/" + column + "/" + slot).substring(0, 15);
        return new BigInteger(digits, 16).mod(P.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    /** The residues of a value by slot; those that are 0 are left out. */
    static SortedMap<Integer, BigInteger> residues(String set, ColumnType type, Optional<Object> value) {
        SortedMap<Integer, BigInteger> residues = new TreeMap<>();
        if (value.isEmpty()) {
            residues.put(0, NULL);
        } else if (type instanceof ColumnType.Binary) {
            String digits = (String) value.get();
            int slot = 0;
            do {
                residues.put(slot++, hash(set, digits.substring(0, Math.min(65_534, digits.length()))));
                digits = digits.substring(Math.min(65_534, digits.length()));
            } while (!digits.isEmpty());
        } else if (value.get() instanceof String text) {
            residues.put(0, hash(set, text));
        } else if (value.get() instanceof Double number) {
            residues.putAll(floatingPoint(number));
        } else if (type instanceof ColumnType.Bool) {
            residues.put(0, ((BigDecimal) value.get()).toBigIntegerExact().add(BigInteger.ONE));
        } else {
            residues.putAll(exact((BigDecimal) value.get()));
        }
        residues.replaceAll((slot, residue) -> residue.mod(P));
        residues.values().removeIf(residue -> residue.signum() == 0);
        return residues;
    }

    private static Map<Integer, BigInteger> exact(BigDecimal value) {
        Map<Integer, BigInteger> residues = new TreeMap<>();
        BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
        BigDecimal fraction = value.subtract(whole);
        for (int slot = 0; slot < 5; slot++) {
            residues.put(slot, whole.remainder(BASE).toBigIntegerExact());
            whole = whole.divideToIntegralValue(BASE);
            fraction = fraction.multiply(BASE);
            BigDecimal chunk = fraction.setScale(0, RoundingMode.DOWN);
            residues.put(5 + slot, chunk.toBigIntegerExact());
            fraction = fraction.subtract(chunk);
        }
        return residues;
    }

    private static Map<Integer, BigInteger> floatingPoint(double value) {
        if (value == 0) {
            return Map.of();
        }
        if (Double.isNaN(value)) {
            return Map.of(3, BigInteger.ONE);
        }
        if (Double.isInfinite(value)) {
            return Map.of(3, BigInteger.valueOf(value > 0 ? 2 : 3));
        }
        BigDecimal step = BigDecimal.valueOf(1L << 30);
        BigDecimal y = new BigDecimal(value).abs();
        int exponent = 0;
        while (y.compareTo(step) >= 0) {
            // Exact: the quotient by a power of two has a finite decimal expansion.
            y = y.divide(step);
            exponent++;
        }
        while (y.compareTo(BigDecimal.ONE) < 0) {
            y = y.multiply(step);
            exponent--;
        }
        BigInteger whole = y.toBigInteger();
        BigDecimal rest = y.subtract(new BigDecimal(whole)).multiply(step);
        BigInteger next = rest.toBigInteger();
        BigInteger last = rest.subtract(new BigDecimal(next)).multiply(step).toBigIntegerExact();
        return Map.of(0, value < 0 ? whole.negate() : whole, 1, next, 2, last, 3, BigInteger.valueOf(exponent + 64));
    }

    private static BigInteger hash(String set, String text) {
        String md5 = md5(text);
        return new BigInteger(set.equals("A") ? md5.substring(0, 15) : md5.substring(15, 30), 16);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
