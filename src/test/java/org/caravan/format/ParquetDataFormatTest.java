package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.schema.ColumnType;
import org.caravan.schema.RowStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetDataFormatTest {
    private static final ColumnType BIGINT = new ColumnType.Int(8);

    @TempDir
    Path directory;

    private DefaultCamelContext context;

    @BeforeEach
    void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    @Test
    void isAddressedByItsName() throws Exception {
        route(
                """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - marshal:
                            custom:
                              ref: parquet
                """);
        Rows.Stream rows = numbers(5000).stream();

        Exchange result = send(rows);

        assertThat(result.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/vnd.apache.parquet");
        assertThat(result.getMessage().getHeader(FormatConstants.ROWS)).isEqualTo(5000L);
        assertThat(result.getMessage().getHeader(FormatConstants.BYTES)).isEqualTo((long) body(result).length);
        assertThat(rows.timesClosed()).isEqualTo(1);
        assertThat(read(result, "SELECT sum(n) FROM read_parquet($file)")).isEqualTo("12497500");
        assertThat(read(result, "SELECT compression FROM parquet_metadata($file)"))
                .isEqualTo("SNAPPY");
    }

    @Test
    void isABeanWithOptions() throws Exception {
        route(
                """
                - beans:
                    - name: small
                      type: org.caravan.format.ParquetDataFormat
                      properties:
                        codec: zstd
                        rowGroupBytes: 10000
                        pageBytes: 1000
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - marshal:
                            custom:
                              ref: small
                """);

        Exchange result = send(numbers(20_000).stream());

        assertThat(read(result, "SELECT first(compression) FROM parquet_metadata($file)"))
                .isEqualTo("ZSTD");
        assertThat(read(result, "SELECT count(DISTINCT row_group_id) > 1 FROM parquet_metadata($file)"))
                .isEqualTo("true");
    }

    @Test
    void isAnEndpointWithOptions() throws Exception {
        route(
                """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to: dataformat:parquet:marshal?codec=gzip&rowGroupBytes=10000
                """);

        Exchange result = send(numbers(20_000).stream());

        assertThat(read(result, "SELECT first(compression) FROM parquet_metadata($file)"))
                .isEqualTo("GZIP");
    }

    @Test
    void refusesAWrongOptionAtTheStart() {
        assertThatThrownBy(
                        () -> route(
                                """
                        - beans:
                            - name: wrong
                              type: org.caravan.format.ParquetDataFormat
                              properties:
                                pageBytes: 0
                        - route:
                            from:
                              uri: direct:in
                              steps:
                                - marshal:
                                    custom:
                                      ref: wrong
                        """))
                .rootCause()
                .hasMessageContaining("pageBytes must be between");
    }

    @Test
    void refusesToUnmarshal() {
        assertThatThrownBy(() ->
                        new ParquetDataFormat().unmarshal(new DefaultExchange(context), InputStream.nullInputStream()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("only writes");
    }

    @Test
    void refusesABodyThatIsNoRows() {
        assertThatThrownBy(() -> marshal("a,b\n1,2", OutputStream.nullOutputStream()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void closesTheRowsWhenAValueIsRefused() {
        Rows.Stream rows = Rows.of("n", new ColumnType.Int(2), 1L << 20).stream();

        assertThatThrownBy(() -> marshal(rows, OutputStream.nullOutputStream())).isInstanceOf(FormatException.class);
        assertThat(rows.timesClosed()).isEqualTo(1);
    }

    @Test
    void aRefusalReachesTheCaller() throws Exception {
        route(
                """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - marshal:
                            custom:
                              ref: parquet
                """);

        try (ProducerTemplate template = context.createProducerTemplate()) {
            assertThatThrownBy(() ->
                            template.requestBody("direct:in", Rows.of("n", new ColumnType.Int(2), 1L << 20).stream()))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasCauseInstanceOf(FormatException.class);
        }
    }

    @Test
    void neverClosesTheOutput() throws IOException {
        Path file = directory.resolve("open.parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            marshal(numbers(10).stream(), out);
            // A closed channel would refuse this.
            out.write('x');
        }

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).endsWith("PAR1x");
    }

    @Test
    void aPartEndsWhenItIsFullAndLeavesTheRestToTheNext() throws IOException {
        Rows.Stream rows = numbers(10_000).stream();
        List<Part> parts = new ArrayList<>();
        long total = 0;
        while (total < 10_000) {
            Part part = new Part(rows, 4000);
            parts.add(part);
            marshal(part, OutputStream.nullOutputStream());
            total += part.encodedRows;
        }

        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> assertThat(part.failure)
                .isEmpty());
        assertThat(total).isEqualTo(10_000);
        assertThat(rows.timesClosed()).isZero();
    }

    @Test
    void aPartLearnsOfARefusal() {
        Part part = new Part(Rows.of("n", new ColumnType.Int(2), 1L << 20).stream(), 1);

        assertThatThrownBy(() -> marshal(part, OutputStream.nullOutputStream())).isInstanceOf(FormatException.class);
        assertThat(part.failure).containsInstanceOf(FormatException.class);
        assertThat(part.commits).isZero();
    }

    @Test
    void aPartLearnsOfAnOutputThatFailsAtTheEnd() {
        Part part = new Part(numbers(10).stream(), Long.MAX_VALUE);

        assertThatThrownBy(() -> marshal(part, new FullDisk())).hasMessage("disk full");
        assertThat(part.failure).containsInstanceOf(IOException.class);
        assertThat(part.commits).isZero();
    }

    private void route(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    }

    private Exchange send(RowStream rows) {
        return context.createFluentProducerTemplate()
                .to("direct:in")
                .withBody(rows)
                .send();
    }

    private void marshal(Object body, OutputStream out) throws IOException {
        new ParquetDataFormat().marshal(new DefaultExchange(context), body, out);
    }

    private String read(Exchange result, String sql) throws Exception {
        assertThat(result.getException()).isNull();
        Path file = directory.resolve("marshalled.parquet");
        Files.write(file, body(result));
        try (DuckDb duckDb = new DuckDb()) {
            return duckDb.value(file, sql);
        }
    }

    private static byte[] body(Exchange result) {
        MessageHelper.resetStreamCache(result.getMessage());
        return result.getMessage().getBody(byte[].class);
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
        public boolean isFull(long encodedBytes) {
            return encodedBytes >= limit;
        }

        @Override
        public void encoded(long rowCount, long bytes) {
            commits++;
            encodedRows = rowCount;
        }

        @Override
        public void failed(Throwable cause) {
            failure = Optional.of(cause);
        }
    }
}
