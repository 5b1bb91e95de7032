package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.caravan.format.AvroOptions.LogicalTypes;
import org.caravan.schema.ColumnType;
import org.caravan.schema.ColumnType.Bool;
import org.caravan.schema.ColumnType.Date;
import org.caravan.schema.ColumnType.Decimal;
import org.caravan.schema.ColumnType.FloatingPoint;
import org.caravan.schema.ColumnType.Int;
import org.caravan.schema.ColumnType.Text;
import org.caravan.schema.ColumnType.Timestamp;
import org.caravan.schema.ColumnType.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AvroEncoderTest {
    private static final ColumnType TEXT = new Text(65_535);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TEXT|boolean,int,int,long,string,string,string,string,string,string,string,string,string,string",
                "NATIVE|boolean,int,int,long,float,double,bytes:decimal,bytes:decimal,string,int:date,"
                        + "long:local-timestamp-micros,long:timestamp-micros,bytes,string"
            })
    void hasTheTypesThatCopyLoadsOrThoseOfAvro(LogicalTypes logicalTypes, String expected) throws IOException {
        Rows rows = new Rows()
                .and("a", new Bool())
                .and("b", new Int(2))
                .and("c", new Int(4))
                .and("d", new Int(8))
                .and("e", new FloatingPoint(4))
                .and("f", new FloatingPoint(8))
                .and("g", new Decimal(18, 2))
                .and("h", new Decimal(38, 10))
                .and("i", TEXT)
                .and("j", new Date())
                .and("k", new Timestamp(Zone.LOCAL))
                .and("l", new Timestamp(Zone.INSTANT))
                .and("m", new ColumnType.Binary(9))
                .and("n", new ColumnType.Super());
        Path file =
                write(AvroOptions.builder().logicalTypes(logicalTypes).build(), rows, directory.resolve("types.avro"));

        try (DataFileReader<GenericRecord> reader = open(file)) {
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.getSchema().getType()).isEqualTo(Schema.Type.RECORD);
            assertThat(reader.getSchema().getFields().stream().map(AvroEncoderTest::type))
                    .containsExactly(expected.split(","));
        }
    }

    @Test
    void anEmptyResultIsAContainerWithoutBlocks() throws IOException {
        Path file = write(AvroOptions.defaults(), Rows.of("a", TEXT), directory.resolve("empty.avro"));

        assertThat(AvroFile.read(file)).isEmpty();
        try (DataFileReader<GenericRecord> reader = open(file)) {
            assertThat(reader.getSchema().getField("a")).isNotNull();
            assertThat(Files.size(file)).isEqualTo(reader.tell());
        }
    }

    @Test
    void writesNumbersThatCopyHasNotAsText() throws IOException {
        Path file = write(
                AvroOptions.defaults(),
                Rows.of("x", new FloatingPoint(8), Double.NaN, Double.NEGATIVE_INFINITY, -0.0),
                directory.resolve("x.avro"));

        assertThat(AvroFile.read(file))
                .extracting(record -> record.get("x").toString())
                .containsExactly("NaN", "-Infinity", "-0.0");
    }

    @ParameterizedTest
    @EnumSource(AvroCodec.class)
    void keepsBlocksSmall(AvroCodec codec) throws IOException {
        AvroOptions options =
                AvroOptions.builder().codec(codec).blockBytes(100_000).build();
        Rows rows = Rows.of(
                "a",
                TEXT,
                IntStream.range(0, 500)
                        .mapToObj(i -> noise(i, i % 97 == 0 ? 60_000 : 700))
                        .toArray());
        Path file = write(options, rows, directory.resolve("blocks.avro"));

        int blocks = 0;
        try (DataFileReader<GenericRecord> reader = open(file)) {
            while (reader.hasNext()) {
                assertThat(reader.getBlockSize()).isLessThanOrEqualTo(110_000);
                long inBlock = reader.getBlockCount();
                for (long i = 0; i < inBlock; i++) {
                    reader.next();
                }
                blocks++;
            }
        }
        assertThat(blocks).isBetween(6, 12);
        assertThat(AvroFile.read(file))
                .extracting(record -> record.get("a").toString())
                .containsExactlyElementsOf(
                        rows.values(0).stream().map(Object::toString).toList());
    }

    @Test
    void aLargeRowIsABlockOfItsOwn() throws IOException {
        AvroOptions options = AvroOptions.builder().blockBytes(1000).build();
        Path file = write(
                options, Rows.of("a", TEXT, "small", "x".repeat(65_535), "small"), directory.resolve("large.avro"));

        try (DataFileReader<GenericRecord> reader = open(file)) {
            for (int row = 0; row < 3; row++) {
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.getBlockCount()).isEqualTo(1);
                reader.next();
            }
        }
    }

    @Test
    void refusesARowThatIsTooLarge() {
        AvroOptions options = AvroOptions.builder().maxRowBytes(100).build();

        assertThatThrownBy(() -> write(options, Rows.of("a", TEXT, "x".repeat(100)), directory.resolve("x.avro")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("Row 1")
                .hasMessageContaining("103 bytes")
                .hasMessageContaining("maxRowBytes=100");
    }

    @Test
    void refusesNamesThatAreNotAvrosIfTold() {
        AvroOptions refusing = AvroOptions.builder().names(AvroNames.REFUSE).build();
        Rows rows = new Rows()
                .and("home town", TEXT)
                .and("fine", TEXT)
                .and("naïve%", TEXT)
                .and("1st", TEXT);

        assertThatThrownBy(() -> new AvroEncoder(rows.columns(), refusing, new ByteArrayOutputStream()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("'home town', 'naïve%', '1st' are no Avro names")
                .hasMessageContaining("names=encode");
    }

    @Test
    void encodesNames() throws IOException {
        AvroOptions options = AvroOptions.defaults();
        Rows rows = new Rows()
                .and("home town", TEXT, "a")
                .and("naïve%", TEXT, "b")
                .and("1st", TEXT, "c")
                .and("_x20_", TEXT, "d")
                .and(" ", TEXT, "e")
                .and("🐫", TEXT, "f")
                .and("plain_name", TEXT, "g");
        Path file = write(options, rows, directory.resolve("names.avro"));

        try (DataFileReader<GenericRecord> reader = open(file)) {
            assertThat(reader.getSchema().getFields())
                    .extracting(Schema.Field::name)
                    .containsExactly(
                            "home_x20_town",
                            "na_xef_ve_x25_",
                            "_x31_st",
                            "_x5f_x20_",
                            "_x20_",
                            "_x1f42b_",
                            "plain_name");
            assertThat(reader.getSchema().getField("home_x20_town").doc()).isEqualTo("home town");
        }
    }

    @Test
    void knowsItsSize() throws IOException {
        Rows rows = Rows.of(
                "a", TEXT, IntStream.range(0, 2000).mapToObj(i -> "value " + i).toArray());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Encoder encoder = new AvroEncoder(rows.columns(), AvroOptions.defaults(), out)) {
            for (int i = 0; i < 50; i++) {
                encoder.write(rows.batch());
            }
            long estimate = encoder.encodedBytes();
            encoder.finish();

            assertThat(encoder.encodedBytes()).isEqualTo(out.size());
            assertThat((double) estimate).isBetween(out.size() * 0.9, out.size() * 1.1);
        }
    }

    @Test
    void refusesWrongOptions() {
        assertThatThrownBy(() -> AvroOptions.builder().blockBytes(4 << 20).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blockBytes must be between 1 and 3000000, not 4194304");
    }

    private static String noise(int seed, int length) {
        byte[] bytes = new byte[length / 2];
        new Random(seed).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', '0');
    }

    private static String type(Schema.Field field) {
        assertThat(field.schema().getTypes().get(0).getType()).isEqualTo(Schema.Type.NULL);
        Schema schema = field.schema().getTypes().get(1);
        return schema.getLogicalType() == null
                ? schema.getType().getName()
                : schema.getType().getName() + ":" + schema.getLogicalType().getName();
    }

    private static DataFileReader<GenericRecord> open(Path file) throws IOException {
        return new DataFileReader<>(file.toFile(), new GenericDatumReader<GenericRecord>());
    }

    private static Path write(AvroOptions options, Rows rows, Path file) throws IOException {
        return Encoded.write(file, (columns, out) -> new AvroEncoder(columns, options, out), rows);
    }
}
