package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of several megabytes with every awkward character arrive unchanged, whatever the place where a buffer ends. */
@ExtendWith(SharedRedshift.class)
class CopyRoundTripTest {
    private static final int ROWS = 20_000;
    private static final String[] PIECES = {
        "a", "Z", " ", "\"", "\"\"", "'", ",", "|", "\\", "\n", "\r\n", "\t", "é", "€", "😀", "\\N", "{", "}", ":", "N",
        "0"
    };

    /** How the rows are written and read. */
    enum Writing {
        CSV("csv"),
        CSV_GZIP("csv gzip"),
        CSV_UTF16("csv encoding utf16le"),
        ESCAPED("delimiter '|' escape null as 'NULL!'"),
        JSON("json 'auto'");

        private final String options;

        Writing(String options) {
            this.options = options;
        }

        byte[] file(List<String> texts) throws IOException {
            String text =
                    switch (this) {
                        case CSV, CSV_GZIP, CSV_UTF16 -> csv(texts);
                        case ESCAPED -> escaped(texts);
                        case JSON -> json(texts);
                    };
            return switch (this) {
                case CSV_GZIP -> gzip(text);
                case CSV_UTF16 -> text.getBytes(StandardCharsets.UTF_16LE);
                default -> text.getBytes(StandardCharsets.UTF_8);
            };
        }

        private static byte[] gzip(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }

        private static String csv(List<String> texts) throws IOException {
            StringBuilder out = new StringBuilder();
            try (CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
                for (int i = 0; i < texts.size(); i++) {
                    printer.printRecord(i, texts.get(i), -i);
                }
            }
            return out.toString();
        }

        private static String escaped(List<String> texts) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < texts.size(); i++) {
                out.append(i)
                        .append('|')
                        .append(texts.get(i).replaceAll("([\\\\|\n\r])", "\\\\$1"))
                        .append('|')
                        .append(-i)
                        .append('\n');
            }
            return out.toString();
        }

        private static String json(List<String> texts) throws IOException {
            ObjectMapper mapper = new ObjectMapper();
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < texts.size(); i++) {
                out.append(mapper.writeValueAsString(Map.of("id", i, "txt", texts.get(i), "neg", -i)))
                        .append(i % 3 == 0 ? "" : "\n");
            }
            return out.toString();
        }
    }

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            StringBuilder text = new StringBuilder("x");
            int pieces = random.nextInt(50) == 0 ? 2000 : random.nextInt(40);
            for (int j = 0; j < pieces; j++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            texts.add(text.append('x').toString());
        }
        return texts;
    }

    @ParameterizedTest
    @EnumSource(Writing.class)
    void loadsEveryCharacterUnchanged(Writing writing) throws Exception {
        List<String> texts = texts(new Random(writing.ordinal()));
        String key = "round-trip/" + writing;
        SharedRedshift.s3().put(key, writing.file(texts));
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (id int, txt varchar(65535), neg bigint)");
            statement.execute(
                    "copy t from 's3://" + LocalS3.BUCKET + "/" + key + "' iam_role default " + writing.options);
            List<String> loaded = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select txt, id + neg from t order by id")) {
                while (rows.next()) {
                    loaded.add(rows.getString(1));
                    assertThat(rows.getLong(2)).isZero();
                }
            }
            assertThat(loaded).isEqualTo(texts);
        }
    }

    @Test
    void endsACopyOfTextWhenItIsCancelled() throws Exception {
        StringBuilder entries = new StringBuilder("{\"entries\":[");
        String file = SharedRedshift.s3().put("cancelled/file", "1|some text that takes a while\n".repeat(200_000));
        for (int i = 0; i < 300; i++) {
            entries.append(i == 0 ? "" : ",").append("{\"url\":\"").append(file).append("\"}");
        }
        String manifest = SharedRedshift.s3().put("cancelled.manifest", entries + "]}");
        try (Connection connection = SharedRedshift.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (id int, txt varchar(65535))");
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("copy t from '" + manifest + "' iam_role default manifest"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            try (ResultSet rows = statement.executeQuery("select count(*), pg_last_copy_count() from t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1) + rows.getLong(2)).isZero();
            }
        }
    }
}
