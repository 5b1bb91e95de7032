package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random tables and options: the Avro library reads every value as it went in. */
class AvroRandomTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void comesOutAsItWentIn(long seed) throws IOException {
        Random random = new Random(seed);
        int size = random.nextInt(3000);
        RandomTable table = new RandomTable(random, size);
        boolean logical = random.nextBoolean();
        AvroOptions options = AvroOptions.builder()
                .codec(List.of(AvroCodec.values()).get(random.nextInt(3)))
                .blockBytes(1 + random.nextInt(100_000))
                .logicalTypes(logical ? AvroOptions.LogicalTypes.NATIVE : AvroOptions.LogicalTypes.TEXT)
                .build();
        Path file = Encoded.write(
                directory.resolve("random.avro"),
                (columns, out) -> new AvroEncoder(columns, options, out),
                table.rows(),
                1 + random.nextInt(3000));

        List<GenericRecord> read = read(file);

        assertThat(read).as("%s", options).hasSize(size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < table.types().size(); column++) {
                ColumnType type = table.types().get(column);
                Object value = table.rows().values(column).get(row);
                assertThat(Optional.ofNullable(read.get(row).get(column)).map(stored -> plain(stored, type, logical)))
                        .as("row %d, column %d (%s)", row, column, type)
                        .isEqualTo(expected(type, value, logical));
            }
        }
    }

    static List<GenericRecord> read(Path file) throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>())) {
            reader.forEach(records::add);
        }
        return records;
    }

    /** What the Avro library gives, as text, and with its Java type in front where the type matters. */
    private static String plain(Object stored, ColumnType type, boolean logical) {
        if (stored instanceof ByteBuffer bytes && type instanceof ColumnType.Decimal decimal) {
            byte[] unscaled = new byte[bytes.remaining()];
            bytes.get(unscaled);
            return new BigDecimal(new BigInteger(unscaled), decimal.scale()).toPlainString();
        }
        boolean number = type instanceof ColumnType.Int || type instanceof ColumnType.FloatingPoint;
        boolean time = type instanceof ColumnType.Date || type instanceof ColumnType.Timestamp;
        return number || (logical && time) ? stored.getClass().getSimpleName() + " " + stored : stored.toString();
    }

    private static Optional<String> expected(ColumnType type, Object value, boolean logical) {
        if (type instanceof ColumnType.Int integer) {
            return text(value, integer.bytes() == 8 ? "Long " : "Integer ");
        }
        if (type instanceof ColumnType.FloatingPoint number) {
            return number.bytes() == 8
                    ? text(value, "Double ")
                    : Optional.ofNullable((Double) value).map(present -> "Float " + present.floatValue());
        }
        if (logical && type instanceof ColumnType.Date) {
            return text(value, "Integer ");
        }
        if (logical && type instanceof ColumnType.Timestamp) {
            return text(value, "Long ");
        }
        return RandomTable.text(type, value);
    }

    private static Optional<String> text(Object value, String prefix) {
        return Optional.ofNullable(value).map(present -> prefix + present);
    }
}
