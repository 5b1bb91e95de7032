package org.caravan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every data format does alike, and that each takes its options; see {@link MarshalledPartsTest} for parts. */
class RowsDataFormatTest {
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

    @ParameterizedTest
    @CsvSource({
        "parquet, application/vnd.apache.parquet",
        "avro, avro/binary",
        "csv, text/csv",
        "jsonl, application/x-ndjson"
    })
    void isAddressedByItsName(String name, String contentType) throws Exception {
        route("custom: { ref: " + name + " }");
        Rows.Stream rows = numbers(5000).stream();

        Exchange result = send(rows);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo(contentType);
        assertThat(result.getMessage().getHeader(FormatConstants.ROWS)).isEqualTo(5000L);
        assertThat(result.getMessage().getHeader(FormatConstants.BYTES)).isEqualTo((long) body(result).length);
        assertThat(rows.timesClosed()).isEqualTo(1);
        assertThat(sum(name, body(result))).isEqualTo(12_497_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "csv", "jsonl"})
    void takesMapsAsStockCamelGivesThem(String name) throws Exception {
        route("custom: { ref: " + name + " }");
        List<Map<String, Object>> maps = IntStream.range(0, 3000)
                .mapToObj(n -> Map.<String, Object>of("N", (long) n))
                .toList();

        assertThat(sum(name, body(send(maps.iterator())))).isEqualTo(4_498_500);
        assertThat(sum(name, body(send(maps)))).isEqualTo(4_498_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StreamList", "SelectList"})
    void takesWhatCamelJdbcGives(String outputType) throws Exception {
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl("jdbc:duckdb:");
            context.getRegistry().bind("source", dataSource);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            "test.camel.yaml",
                            """
                            - route:
                                from:
                                  uri: direct:in
                                  steps:
                                    - to: jdbc:source?outputType=%s
                                    - to: "dataformat:csv:marshal?types=at=timestamp"
                            """
                                    .formatted(outputType)));
            String sql =
                    "SELECT i::INTEGER AS Id, (i / 4)::DECIMAL(9,2) AS paid, 'n ' || i AS name, DATE '2024-02-29' AS day,"
                            + " TIMESTAMP '2024-02-29 01:02:03.5' AS at FROM range(3000) t(i)";

            assertThat(new String(body(send(sql)), StandardCharsets.UTF_8))
                    .startsWith("id,paid,name,day,at\n0,0.00,n 0,2024-02-29,2024-02-29 01:02:03.500000\n1,0.25,n 1,")
                    .endsWith("2999,749.75,n 2999,2024-02-29,2024-02-29 01:02:03.500000\n")
                    .hasLineCount(3001);
        }
    }

    @Test
    void isAnEndpointWithOptions() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "test.camel.yaml",
                                """
                        - route:
                            from:
                              uri: direct:in
                              steps:
                                - to: "dataformat:csv:marshal?delimiter=tab&nullText=@null@&quoting=all&header=false&types=a=date"
                        """));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a", null);
        row.put("b", 1);

        assertThat(new String(body(send(List.of(row))), StandardCharsets.UTF_8)).isEqualTo("@null@\t\"1\"\n");
    }

    @Test
    void isABeanWithOptions() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "test.camel.yaml",
                                """
                        - beans:
                            - name: psv
                              type: org.caravan.format.CsvDataFormat
                              properties:
                                delimiter: pipe
                                quoting: non_numeric
                                lineEnd: crlf
                                nullText: ""
                        - route:
                            from:
                              uri: direct:in
                              steps:
                                - marshal:
                                    custom:
                                      ref: psv
                        """));
        Rows rows = new Rows().and("a", new ColumnType.Text(9), "x", null).and("b", BIGINT, 1L, 2L);

        assertThat(new String(body(send(rows.stream())), StandardCharsets.UTF_8))
                .isEqualTo("\"a\"|\"b\"\r\n\"x\"|1\r\n|2\r\n");
    }

    @Test
    void parquetIsABeanWithOptions() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(
                        ResourceHelper.fromString(
                                "test.camel.yaml",
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
                        """));
        Path file = Files.write(directory.resolve("small.parquet"), body(send(numbers(20_000).stream())));

        try (DuckDb duckDb = new DuckDb()) {
            assertThat(duckDb.value(
                            file,
                            "SELECT first(compression) || ' ' || (count(DISTINCT row_group_id) > 1)"
                                    + " FROM parquet_metadata($file)"))
                    .isEqualTo("ZSTD true");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "csv:marshal?delimiter=ab|delimiter must be one character, or comma, tab, pipe or semicolon; not 'ab'",
                "csv:marshal?level=12&compression=gzip|level=12 does not fit compression=GZIP, which has levels 1 to 9",
                "csv:marshal?types=a|types='a' cannot be read",
                "parquet:marshal?pageBytes=0|pageBytes must be between",
                "avro:marshal?blockBytes=5000000|blockBytes must be between 1 and 3000000, not 5000000",
                "jsonl:marshal?maxRowBytes=0|maxRowBytes must be between 1 and"
            })
    void refusesAWrongOptionAtTheStart(String uri, String message) {
        assertThatThrownBy(() -> PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString(
                                "test.camel.yaml",
                                """
                                - route:
                                    from:
                                      uri: direct:in
                                      steps:
                                        - to: "dataformat:%s"
                                """
                                        .formatted(uri))))
                .rootCause()
                .hasMessageContaining(message);
    }

    static Stream<RowsDataFormat> formats() {
        return Stream.concat(
                Stream.of(new ParquetDataFormat(), new AvroDataFormat(), new JsonLinesDataFormat()),
                Arrays.stream(Compression.values()).map(compression -> {
                    CsvDataFormat format = new CsvDataFormat();
                    format.setCompression(compression);
                    return format;
                }));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void neverClosesTheOutput(RowsDataFormat format) throws IOException {
        Path file = directory.resolve("open");
        try (OutputStream out = Files.newOutputStream(file)) {
            format.marshal(new DefaultExchange(context), numbers(10).stream(), out);
            // A closed channel would refuse this.
            out.write('x');
        }

        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).endsWith("x");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void closesTheRowsWhenAValueIsRefused(RowsDataFormat format) {
        Rows.Stream rows = Rows.of("n", new ColumnType.Int(2), 1L << 20).stream();

        assertThatThrownBy(() -> format.marshal(new DefaultExchange(context), rows, OutputStream.nullOutputStream()))
                .isInstanceOf(FormatException.class);
        assertThat(rows.timesClosed()).isEqualTo(1);
    }

    @Test
    void aRefusalReachesTheCaller() throws Exception {
        route("custom: { ref: parquet }");

        assertThat(send(Rows.of("n", new ColumnType.Int(2), 1L << 20).stream()).getException())
                .isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void refusesToUnmarshalAndABodyThatIsNoRows(RowsDataFormat format) {
        Exchange exchange = new DefaultExchange(context);

        assertThatThrownBy(() -> format.unmarshal(exchange, InputStream.nullInputStream()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("only writes");
        assertThatThrownBy(() -> format.marshal(exchange, "a,b\n1,2", OutputStream.nullOutputStream()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("java.lang.String");
    }

    private void route(String marshal) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(
                        "test.camel.yaml",
                        """
                        - route:
                            from:
                              uri: direct:in
                              steps:
                                - marshal: { %s }
                        """
                                .formatted(marshal)));
    }

    private Exchange send(Object rows) {
        return context.createFluentProducerTemplate()
                .to("direct:in")
                .withBody(rows)
                .send();
    }

    private long sum(String name, byte[] file) throws Exception {
        Path path = Files.write(directory.resolve("marshalled." + name), file);
        if (name.equals("avro")) {
            return AvroFile.read(path).stream()
                    .mapToLong(record -> (Long) record.get("n"))
                    .sum();
        }
        String reader =
                name.equals("jsonl") ? "read_json($file, format = 'newline_delimited')" : "read_" + name + "($file)";
        try (DuckDb duckDb = new DuckDb()) {
            return Long.parseLong(duckDb.value(path, "SELECT sum(n)::BIGINT FROM " + reader));
        }
    }

    private static byte[] body(Exchange result) {
        assertThat(result.getException()).isNull();
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
}
