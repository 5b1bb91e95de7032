package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How files are written must not matter to COPY: codecs, encodings, versions of pages, several row groups. */
@ExtendWith(SharedRedshift.class)
class ParquetCopyTest {
    private static final int ROWS = 5000;
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            """
            message row {
              required int32 id;
              optional binary word (STRING);
              optional int64 price (DECIMAL(12,2));
              optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
            }""");

    /** How a file is written. */
    record Writing(CompressionCodecName codec, WriterVersion version, boolean dictionary) {}

    static List<Writing> writings() {
        List<Writing> writings = new ArrayList<>();
        for (CompressionCodecName codec : List.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.GZIP,
                CompressionCodecName.ZSTD)) {
            for (WriterVersion version : WriterVersion.values()) {
                writings.add(new Writing(codec, version, true));
                writings.add(new Writing(codec, version, false));
            }
        }
        return writings;
    }

    private static byte[] file(Path directory, Writing writing) throws IOException {
        Path file = directory.resolve("f.parquet");
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(SCHEMA)
                .withCompressionCodec(writing.codec)
                .withWriterVersion(writing.version)
                .withDictionaryEncoding(writing.dictionary)
                .withRowGroupSize(32L << 10)
                .withPageSize(4 << 10)
                .withMinRowCountForPageSizeCheck(10)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                writer.write(row(groups.newGroup(), i));
            }
        }
        return Files.readAllBytes(file);
    }

    private static Group row(Group row, int i) {
        row.add("id", i);
        if (i % 7 != 0) {
            row.add("word", "word " + i % 10);
            row.add("price", i * 3L - ROWS);
        }
        if (i % 5 == 0) {
            Group list = row.addGroup("tags");
            list.addGroup("list").add("element", "t" + i);
            list.addGroup("list");
        }
        return row;
    }

    private static String load(String name, byte[] content) throws SQLException {
        String url = SharedRedshift.s3().put("parquet-copy/" + name, content);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create temp table t (id int not null, word varchar(10), price decimal(12,2), tags super)");
            statement.execute("copy t from '" + url + "' iam_role default parquet serializetojson");
            try (ResultSet rows = statement.executeQuery("select count(*), sum(id), count(word), count(distinct word),"
                    + " sum(price), count(tags), min(case when id = 10 then json_serialize(tags) end) from t")) {
                rows.next();
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= 7; i++) {
                    values.add(rows.getString(i).replace(" ", ""));
                }
                return String.join("|", values);
            }
        }
    }

    /** The sums, computed from the rows' rule. */
    private static String expected() {
        long ids = 0;
        long words = 0;
        long cents = 0;
        for (int i = 0; i < ROWS; i++) {
            ids += i;
            words += i % 7 != 0 ? 1 : 0;
            cents += i % 7 != 0 ? i * 3L - ROWS : 0;
        }
        return ROWS + "|" + ids + "|" + words + "|10|" + java.math.BigDecimal.valueOf(cents, 2) + "|" + ROWS / 5
                + "|[\"t10\",null]";
    }

    @ParameterizedTest
    @MethodSource("writings")
    void loadsWhateverWayAFileIsWritten(Writing writing, @TempDir Path directory) throws Exception {
        assertThat(load(writing.toString().replace(' ', '_'), file(directory, writing)))
                .isEqualTo(expected());
    }

    private interface Compressor {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] compressed(byte[] content, Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor.over(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void decompressesWholeFilesByTheirExtension(@TempDir Path directory) throws Exception {
        byte[] plain = file(directory, new Writing(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, true));
        assertThat(load("whole.gz", compressed(plain, GZIPOutputStream::new))).isEqualTo(expected());
        assertThat(load("whole.bz2", compressed(plain, BZip2CompressorOutputStream::new)))
                .isEqualTo(expected());
    }

    @Test
    void failsOnATornFileAndKeepsTheSession(@TempDir Path directory) throws Exception {
        byte[] torn = file(directory, new Writing(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0, false));
        Arrays.fill(torn, 200, 6000, (byte) 0x5a);
        assertThatThrownBy(() -> load("torn", torn))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining("Spectrum Scan Error");
        String url = SharedRedshift.s3().put("parquet-copy/torn", torn);
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create temp table t (id int not null, word varchar(10), price decimal(12,2), tags super)");
            assertThatThrownBy(() ->
                            statement.execute("copy t from '" + url + "' iam_role default parquet serializetojson"))
                    .hasMessageContaining("cannot be read as Parquet");
            try (ResultSet rows = statement.executeQuery("select count(*) from t")) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
        }
    }
}
