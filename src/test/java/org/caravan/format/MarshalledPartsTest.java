package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.schema.ColumnType;
import org.caravan.schema.RowStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a part learns of its file, and that parts leave no row out and write none twice. */
class MarshalledPartsTest {
    private static final ColumnType BIGINT = new ColumnType.Int(8);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "csv", "jsonl"})
    void aPartEndsWhenItIsFullAndLeavesTheRestToTheNext(String name) throws IOException, SQLException {
        Rows.Stream rows = numbers(10_000).stream();
        List<Part> parts = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        long total = 0;
        while (total < 10_000) {
            Part part = new Part(rows, 4000);
            parts.add(part);
            Path file = directory.resolve(parts.size() + "." + name);
            try (OutputStream out = Files.newOutputStream(file)) {
                marshal(name, part, out);
            }
            assertThat(part.encodedBytes).isEqualTo(Files.size(file));
            List<Long> numbers = numbers(name, file);
            assertThat(numbers).hasSize((int) part.encodedRows);
            read.addAll(numbers);
            total += part.encodedRows;
        }

        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.failure).isEmpty();
            assertThat(part.commits).isEqualTo(1);
        });
        assertThat(read).isEqualTo(LongStream.range(0, 10_000).boxed().toList());
        assertThat(rows.timesClosed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "csv", "jsonl"})
    void aPartLearnsOfARefusal(String name) {
        Part part = new Part(Rows.of("n", new ColumnType.Int(2), 1L << 20).stream(), 1);

        assertThatThrownBy(() -> marshal(name, part, OutputStream.nullOutputStream()))
                .isInstanceOf(FormatException.class);
        assertThat(part.failure).containsInstanceOf(FormatException.class);
        assertThat(part.commits).isZero();
    }

    @Test
    void aPartLearnsOfAnOutputThatFailsAtTheEnd() {
        Part part = new Part(numbers(10).stream(), Long.MAX_VALUE);

        assertThatThrownBy(() -> marshal("parquet", part, new FullDisk())).hasMessage("disk full");
        assertThat(part.failure).containsInstanceOf(IOException.class);
        assertThat(part.commits).isZero();
    }

    private void marshal(String name, Part part, OutputStream out) throws IOException {
        RowsDataFormat format =
                switch (name) {
                    case "parquet" -> new ParquetDataFormat();
                    case "avro" -> new AvroDataFormat();
                    case "csv" -> new CsvDataFormat();
                    default -> new JsonLinesDataFormat();
                };
        format.marshal(new DefaultExchange(context), part, out);
    }

    private static List<Long> numbers(String name, Path file) throws IOException, SQLException {
        if (name.equals("avro")) {
            return AvroFile.read(file).stream()
                    .map(record -> (Long) record.get("n"))
                    .toList();
        }
        String reader = name.equals("jsonl") ? "read_json" : "read_" + name;
        try (DuckDb duckDb = new DuckDb()) {
            return duckDb.column(file, "SELECT n FROM " + reader + "($file)").stream()
                    .map(number -> Long.valueOf(number.orElseThrow()))
                    .toList();
        }
    }

    private static Rows numbers(int size) {
        return new Rows()
                .and(
                        "n",
                        BIGINT,
                        new ArrayList<>(LongStream.range(0, size).boxed().toList()));
    }

    /** Takes whatever comes until it is flushed. */
    private static final class FullDisk extends OutputStream {
        @Override
        public void write(int value) {}

        @Override
        public void flush() throws IOException {
            throw new IOException("disk full");
        }
    }

    private static final class Part implements PartSource {
        private final RowStream rows;
        private final long limit;
        private int commits;
        private long encodedRows;
        private long encodedBytes;
        private Optional<Throwable> failure = Optional.empty();

        private Part(RowStream rows, long limit) {
            this.rows = rows;
            this.limit = limit;
        }

        @Override
        public RowStream rows() {
            return rows;
        }

        @Override
        public boolean isFull(long bytes) {
            return bytes >= limit;
        }

        @Override
        public void encoded(long rowCount, long bytes) {
            commits++;
            encodedRows = rowCount;
            encodedBytes = bytes;
        }

        @Override
        public void failed(Throwable cause) {
            failure = Optional.of(cause);
        }
    }
}
