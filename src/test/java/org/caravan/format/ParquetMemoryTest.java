package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an encoder holds, by its own account: it has a bound, however many rows there are and however many columns. */
class ParquetMemoryTest {
    private static final long ROW_GROUP_BYTES = 8 << 20;
    private static final int TEXT_BYTES = 200;

    /** One slice of a thousand rows may go beyond the row group. */
    @ParameterizedTest
    @CsvSource({"4, 300", "40, 120", "400, 60", "1600, 60"})
    void anOpenRowGroupIsBoundedForAnyNumberOfRowsAndColumns(int columnCount, int batches) throws IOException {
        Columns columns = new Columns(IntStream.range(0, columnCount)
                .mapToObj(i ->
                        new Column("c" + i, i % 2 == 0 ? new ColumnType.Int(8) : new ColumnType.Text(TEXT_BYTES), true))
                .toList());
        Batch batch = batch(columns);
        ParquetOptions options =
                ParquetOptions.builder().rowGroupBytes(ROW_GROUP_BYTES).build();
        long slice = (long) batch.rows() * columnCount * (TEXT_BYTES / 2 + 2 * Long.BYTES);
        long most = 0;
        Random random = new Random(4);
        try (ParquetEncoder encoder = new ParquetEncoder(columns, options, OutputStream.nullOutputStream())) {
            for (int i = 0; i < batches; i++) {
                renumber(batch, columns, random);
                encoder.write(batch);
                most = Math.max(most, encoder.heldBytes());
            }
            encoder.finish();
            assertThat(encoder.rows()).isEqualTo((long) batches * batch.rows());
            // More went through than was ever held.
            assertThat(encoder.encodedBytes()).isGreaterThan(ROW_GROUP_BYTES);
        }
        assertThat(most).isLessThan(ROW_GROUP_BYTES + slice);
    }

    /** A batch of a wide table has fewer rows, so that the batches read ahead take no more memory than those of a narrow one. */
    @ParameterizedTest
    @CsvSource({"1, 2048", "128, 2048", "400, 655", "1600, 163", "100000, 64"})
    void aBatchHasFewerRowsTheMoreColumnsThereAre(int columnCount, int rows) {
        Columns columns = new Columns(IntStream.range(0, columnCount)
                .mapToObj(i -> new Column("c" + i, new ColumnType.Bool(), true))
                .toList());
        assertThat(new Batch(columns).capacity()).isEqualTo(rows);
    }

    /** Other numbers, so that no dictionary makes the file small. */
    private static void renumber(Batch batch, Columns columns, Random random) {
        for (int column = 0; column < columns.size(); column += 2) {
            for (int row = 0; row < batch.rows(); row++) {
                batch.longs(column).set(row, random.nextLong());
            }
        }
    }

    private static Batch batch(Columns columns) {
        Random random = new Random(3);
        Batch batch = new Batch(columns);
        byte[] text = new byte[TEXT_BYTES / 2];
        List<Column> list = columns.list();
        for (int row = 0; row < batch.capacity(); row++) {
            for (int column = 0; column < list.size(); column++) {
                if (column % 2 == 0) {
                    batch.longs(column).set(row, random.nextLong());
                } else {
                    for (int i = 0; i < text.length; i++) {
                        text[i] = (byte) (' ' + random.nextInt(90));
                    }
                    batch.bytes(column).append(row, text, 0, text.length);
                }
            }
        }
        batch.setRows(batch.capacity());
        return batch;
    }
}
