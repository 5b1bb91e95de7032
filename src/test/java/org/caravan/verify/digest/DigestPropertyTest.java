package org.caravan.verify.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.Storage;

/**
 * On random tables, and not once in all tries: nothing that changes what the rows are keeps the digest, and nothing that does not
 * changes it.
 */
class DigestPropertyTest {
    private static final int TRIES = 150;
    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000_000L);

    @Provide
    Arbitrary<Cells> tables() {
        // Each with its own seed: a table that fails is found again by it, and there is no smaller one to shrink to.
        return Arbitraries.longs().withoutEdgeCases().map(seed -> {
            Random random = new Random(seed);
            return RandomCells.table(random, 1 + random.nextInt(8), 1 + random.nextInt(40));
        });
    }

    @Property(tries = TRIES)
    void oneChangedBitIsSeen(@ForAll("tables") Cells table, @ForAll Random random) {
        int row = random.nextInt(table.rows().size());
        int column = random.nextInt(table.columns().size());
        Optional<Object> value = table.rows().get(row).get(column);
        Assume.that(value.isPresent());
        Optional<Object> changed = flipped(table.columns().get(column).type(), value.get(), random);
        Assume.that(changed.isPresent());

        Digest digest = table.with(row, column, changed).digest();

        assertThat(digest.differingColumns(table.digest())).containsExactly(column);
        assertThat(digest.groups()).isNotEqualTo(table.digest().groups());
    }

    @Property(tries = TRIES)
    void twoValuesOfAColumnThatChangePlacesAreSeen(@ForAll("tables") Cells table, @ForAll Random random) {
        int one = random.nextInt(table.rows().size());
        int other = random.nextInt(table.rows().size());
        int column = random.nextInt(table.columns().size());
        List<Optional<Object>> first = table.rows().get(one);
        List<Optional<Object>> second = table.rows().get(other);
        Cells swapped = table.with(one, column, second.get(column)).with(other, column, first.get(column));
        Assume.that(!sameRows(table, swapped));

        assertThat(swapped.digest().columns()).isEqualTo(table.digest().columns());
        assertThat(swapped.digest().groups()).isNotEqualTo(table.digest().groups());
    }

    @Property(tries = TRIES)
    void aRowLostDoubledOrReplacedIsSeen(@ForAll("tables") Cells table, @ForAll Random random) {
        int at = random.nextInt(table.rows().size());
        List<List<Optional<Object>>> lost = new ArrayList<>(table.rows());
        List<Optional<Object>> row = lost.remove(at);
        List<List<Optional<Object>>> doubled = new ArrayList<>(table.rows());
        doubled.add(row);
        List<List<Optional<Object>>> replaced = new ArrayList<>(table.rows());
        replaced.set(at, table.rows().get(random.nextInt(table.rows().size())));

        Digest digest = table.digest();
        assertThat(table.withRows(lost).digest().groups()).isNotEqualTo(digest.groups());
        assertThat(table.withRows(doubled).digest().groups()).isNotEqualTo(digest.groups());
        Assume.that(!sameRows(table, table.withRows(replaced)));
        assertThat(table.withRows(replaced).digest().groups()).isNotEqualTo(digest.groups());
    }

    @Property(tries = TRIES)
    void nullAgainstAnEmptyValueZeroOrFalseIsSeen(@ForAll("tables") Cells table, @ForAll Random random) {
        int row = random.nextInt(table.rows().size());
        int column = random.nextInt(table.columns().size());
        Cells nothing = table.with(row, column, Optional.empty());
        Cells empty = table.with(
                row, column, Optional.of(empty(table.columns().get(column).type())));

        assertThat(nothing.digest().differingColumns(empty.digest())).containsExactly(column);
        assertThat(nothing.digest().groups()).isNotEqualTo(empty.digest().groups());
    }

    @Property(tries = TRIES)
    void aShiftedTimeZoneIsSeen(@ForAll Random random) {
        ColumnType instant = new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
        Cells table = RandomCells.table(random, List.of(new ColumnType.Int(4), instant), 1 + random.nextInt(40));
        Cells shifted = table.withRows(table.rows().stream()
                .map(row -> List.of(row.get(0), row.get(1).map(time -> (Object) ((BigDecimal) time).add(HOUR))))
                .toList());
        Assume.that(!sameRows(table, shifted));

        assertThat(shifted.digest().differingColumns(table.digest())).containsExactly(1);
        assertThat(shifted.digest().groups()).isNotEqualTo(table.digest().groups());
    }

    @Property(tries = TRIES)
    void aValueMovedToAnotherColumnIsSeen(@ForAll Random random) {
        ColumnType type = List.copyOf(Awkward.values().keySet())
                .get(random.nextInt(Awkward.values().size()));
        Cells table = RandomCells.table(random, Collections.nCopies(3, type), 1 + random.nextInt(20));
        int row = random.nextInt(table.rows().size());
        List<Optional<Object>> values = table.rows().get(row);
        Cells moved = table.with(row, 0, values.get(2)).with(row, 2, values.get(0));
        Assume.that(!sameRows(table, moved));

        assertThat(moved.digest().groups()).isNotEqualTo(table.digest().groups());
        assertThat(moved.digest().differingColumns(table.digest())).contains(0, 2);
    }

    @Property(tries = TRIES)
    void orderPartsAndBatchesMakeNoDifference(@ForAll("tables") Cells table, @ForAll Random random) {
        List<List<Optional<Object>>> shuffled = new ArrayList<>(table.rows());
        Collections.shuffle(shuffled, random);
        int cut = random.nextInt(shuffled.size() + 1);

        Digest parts = table.withRows(shuffled.subList(0, cut))
                .digest(1 + random.nextInt(9))
                .plus(table.withRows(shuffled.subList(cut, shuffled.size())).digest());

        assertThat(parts).isEqualTo(table.digest());
        assertThat(parts).isEqualTo(Reference.digest(table));
    }

    @Property(tries = TRIES)
    void aTargetsDigestIsThatOfItsOtherColumns(@ForAll("tables") Cells table) {
        Columns target = table.columns().stored(type -> Storage.AS_IS);
        List<Integer> kept = IntStream.range(0, target.size())
                .filter(i -> !(target.get(i).type() instanceof ColumnType.Super))
                .boxed()
                .toList();
        // Text and numbers alike are NULL here instead: the figures left must not depend on what is left out.
        Cells blank = table;
        for (int row = 0; row < table.rows().size(); row++) {
            for (int column = 0; column < target.size(); column++) {
                blank = kept.contains(column) ? blank : blank.with(row, column, Optional.empty());
            }
        }

        Digest digest = table.digest(target);

        assertThat(digest).isEqualTo(blank.digest(target));
        for (int column : kept) {
            assertThat(digest.columns().get(column))
                    .isEqualTo(table.digest().columns().get(column));
        }
        assertThat(digest.groups().equals(table.digest().groups())).isEqualTo(kept.size() == target.size());
    }

    private static boolean sameRows(Cells one, Cells other) {
        List<List<Optional<Object>>> rows = new ArrayList<>(one.rows());
        for (List<Optional<Object>> row : other.rows()) {
            if (!rows.remove(row)) {
                return false;
            }
        }
        return rows.isEmpty();
    }

    /** The value with one bit of its stored form changed; empty if the type has no value so. */
    private static Optional<Object> flipped(ColumnType type, Object value, Random random) {
        if (type instanceof ColumnType.Bool) {
            return Optional.of(BigDecimal.ONE.subtract((BigDecimal) value));
        }
        if (type instanceof ColumnType.Binary) {
            byte[] bytes = HexFormat.of().parseHex((String) value);
            if (bytes.length == 0) {
                return Optional.empty();
            }
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return Optional.of(HexFormat.of().formatHex(bytes));
        }
        if (value instanceof String text) {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            // A bit of a character that stays one: surrogates are left alone.
            char[] characters = text.toCharArray();
            int at = random.nextInt(characters.length);
            if (Character.isSurrogate(characters[at])) {
                return Optional.empty();
            }
            characters[at] ^= (char) (1 << random.nextInt(5));
            return Optional.of(new String(characters));
        }
        if (value instanceof Double number) {
            double changed = Double.longBitsToDouble(Double.doubleToRawLongBits(number) ^ (1L << random.nextInt(64)));
            // By intention not seen: the sign of zero, and the payload and sign of a NaN.
            boolean same = changed == number || (Double.isNaN(changed) && Double.isNaN(number));
            return same ? Optional.empty() : Optional.of(changed);
        }
        BigDecimal number = (BigDecimal) value;
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger changed = number.unscaledValue().flipBit(random.nextInt(126));
            boolean fits = new BigDecimal(changed.abs()).precision() <= decimal.precision();
            return fits ? Optional.of(new BigDecimal(changed, decimal.scale())) : Optional.empty();
        }
        int bits = type instanceof ColumnType.Int integer
                ? 8 * integer.bytes()
                : type instanceof ColumnType.Date ? 20 : 50;
        long changed = number.longValueExact() ^ (1L << random.nextInt(bits));
        return Optional.of(BigDecimal.valueOf(bits == 32 ? (int) changed : bits == 16 ? (short) changed : changed));
    }

    private static Object empty(ColumnType type) {
        if (type instanceof ColumnType.Text || type instanceof ColumnType.Binary || type instanceof ColumnType.Super) {
            return "";
        }
        return type instanceof ColumnType.FloatingPoint ? (Object) 0.0 : BigDecimal.ZERO;
    }
}
