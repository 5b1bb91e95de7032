package org.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchTest {
    private static final BigInteger MAX_38 = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

    @Test
    void storesEachTypeInItsVector() {
        Batch batch = batch(
                4,
                new ColumnType.Bool(),
                new ColumnType.Int(2),
                new ColumnType.Decimal(18, 2),
                new ColumnType.Decimal(19, 2),
                new ColumnType.FloatingPoint(4),
                new ColumnType.Text(10),
                new ColumnType.Date(),
                new ColumnType.Timestamp(ColumnType.Zone.INSTANT));

        assertThat(batch.capacity()).isEqualTo(4);
        assertThat(List.of(0, 1, 2, 6, 7))
                .allSatisfy(i -> assertThat(batch.vector(i)).isInstanceOf(LongVector.class));
        assertThat(batch.decimals(3)).isSameAs(batch.vector(3));
        assertThat(batch.doubles(4)).isSameAs(batch.vector(4));
        assertThat(batch.bytes(5)).isSameAs(batch.vector(5));
    }

    @Test
    void hasRoomForTheRowsOfADefaultBatch() {
        Batch batch = new Batch(new Columns(List.of(new Column("n", new ColumnType.Int(8), true))));

        batch.longs(0).set(Batch.DEFAULT_CAPACITY - 1, 7);

        assertThat(batch.capacity()).isEqualTo(Batch.DEFAULT_CAPACITY);
        assertThatThrownBy(() -> batch.longs(0).set(Batch.DEFAULT_CAPACITY, 7))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void remembersExactlyTheRowsSetToNull() {
        Vector vector = batch(130, new ColumnType.Int(8)).vector(0);
        assertThat(vector.hasNulls()).isFalse();

        for (int row : new int[] {0, 63, 64, 129}) {
            vector.setNull(row);
        }

        assertThat(vector.hasNulls()).isTrue();
        for (int row = 0; row < 130; row++) {
            assertThat(vector.isNull(row))
                    .as("row %d", row)
                    .isEqualTo(row == 0 || row == 63 || row == 64 || row == 129);
        }
    }

    @Test
    void forgetsRowsNullsAndTextWhenCleared() {
        Batch batch = batch(3, new ColumnType.Int(8), new ColumnType.Text(10));
        batch.vector(0).setNull(1);
        append(batch.bytes(1), 0, "old");
        batch.vector(1).setNull(1);
        append(batch.bytes(1), 2, "older");
        batch.setRows(3);

        batch.clear();

        assertThat(batch.rows()).isZero();
        assertThat(batch.vector(0).hasNulls()).isFalse();
        assertThat(batch.vector(0).isNull(1)).isFalse();
        assertThat(batch.vector(1).isNull(1)).isFalse();
        append(batch.bytes(1), 0, "");
        append(batch.bytes(1), 1, "new");
        assertThat(batch.bytes(1).text(0)).isEmpty();
        assertThat(batch.bytes(1).text(1)).isEqualTo("new");
        assertThat(batch.bytes(1).bytes(2)).isEqualTo(3);
    }

    static Stream<BigInteger> wideDecimals() {
        return Stream.of(
                MAX_38,
                MAX_38.negate(),
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.ONE.negate(),
                BigInteger.valueOf(Long.MAX_VALUE),
                BigInteger.valueOf(Long.MIN_VALUE),
                BigInteger.ONE.shiftLeft(63),
                BigInteger.ONE.shiftLeft(64),
                BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(64).negate(),
                BigInteger.ONE.shiftLeft(64).negate().subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @MethodSource("wideDecimals")
    void keepsWideDecimalsExactly(BigInteger unscaled) {
        DecimalVector vector = batch(1, new ColumnType.Decimal(38, 0)).decimals(0);

        vector.set(0, unscaled);

        assertThat(vector.get(0)).isEqualTo(unscaled);
        assertThat(vector.high(0)).isEqualTo(unscaled.shiftRight(64).longValueExact());
        assertThat(vector.low(0)).isEqualTo(unscaled.longValue());
    }

    @Test
    void keepsRandomWideDecimalsExactly() {
        DecimalVector vector = batch(1, new ColumnType.Decimal(38, 0)).decimals(0);
        Random random = new Random(38);
        for (int i = 0; i < 1000; i++) {
            BigInteger unscaled = new BigInteger(1 + random.nextInt(126), random);
            unscaled = random.nextBoolean() ? unscaled : unscaled.negate();

            vector.set(0, unscaled);

            assertThat(vector.get(0)).isEqualTo(unscaled);
        }
    }

    @Test
    void growsForTextAndKeepsWhatWasAppended() {
        BytesVector vector = batch(4, new ColumnType.Text(65_535)).bytes(0);
        String tenth = "0123456789".repeat(90);
        String huge = "é".repeat(30_000);

        append(vector, 0, tenth);
        append(vector, 1, tenth);
        vector.setNull(2);
        append(vector, 3, huge);

        assertThat(vector.text(0)).isEqualTo(tenth);
        assertThat(vector.text(1)).isEqualTo(tenth);
        assertThat(vector.isNull(2)).isTrue();
        assertThat(vector.length(2)).isZero();
        assertThat(vector.text(3)).isEqualTo(huge);
        assertThat(vector.start(3)).isEqualTo(1800);
        assertThat(vector.bytes(0)).isZero();
        assertThat(vector.bytes(3)).isEqualTo(1800);
        assertThat(vector.bytes(4)).isEqualTo(61_800);
    }

    @Test
    void appendsAPieceOfAnArray() {
        BytesVector vector = batch(1, new ColumnType.Text(10)).bytes(0);

        vector.append(0, "abcdef".getBytes(StandardCharsets.UTF_8), 2, 3);

        assertThat(vector.text(0)).isEqualTo("cde");
    }

    @Test
    void tellsTheEmptyTextFromNull() {
        BytesVector vector = batch(2, new ColumnType.Text(10)).bytes(0);
        append(vector, 0, "");
        vector.setNull(1);

        assertThat(vector.isNull(0)).isFalse();
        assertThat(vector.isNull(1)).isTrue();
    }

    private static void append(BytesVector vector, int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        vector.append(row, bytes, 0, bytes.length);
    }

    private static Batch batch(int capacity, ColumnType... types) {
        return new Batch(
                new Columns(Stream.iterate(0, i -> i + 1)
                        .limit(types.length)
                        .map(i -> new Column("c" + i, types[i], true))
                        .toList()),
                capacity);
    }
}
