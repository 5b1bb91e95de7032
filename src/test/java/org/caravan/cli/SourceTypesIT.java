package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.caravan.ledger.Runs;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.RowStream;
import org.caravan.source.ColumnOverrides;
import org.caravan.source.SourceColumns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the query component reads from a real PostgreSQL is what the server itself shows of each value. */
class SourceTypesIT {
    private static final String NULL = "(NULL)";

    private static final List<String> TYPES = List.of(
            "CREATE TYPE pg_temp.mood AS ENUM ('sad', 'très heureux')",
            "CREATE TYPE pg_temp.address AS (street text, number int)",
            "CREATE DOMAIN pg_temp.positive AS numeric(12,2) CHECK (value > 0)",
            "CREATE DOMAIN pg_temp.code AS varchar(5)");

    private static DefaultCamelContext context;
    private static int queries;

    @BeforeAll
    static void startCamel() {
        context = new DefaultCamelContext();
        context.getRegistry().bind("source", dataSource());
        context.start();
    }

    @AfterAll
    static void stopCamel() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "false",
                "'-32768'::int2",
                "'-2147483648'::int4",
                "9223372036854775807",
                "4294967295::oid",
                "'3.4028235e38'::real",
                "'NaN'::real",
                "'5e-324'::float8",
                "'-Infinity'::float8",
                "'-9999999999.99'::numeric(12,2)",
                "'99999999999999999999999999999999999999'::numeric(38,0)",
                "'0.0000000000000000000000000000000000001'::numeric(38,37)",
                "'-12300'::numeric(5,-2)",
                "'0.00999'::numeric(3,5)",
                "'12.50'::pg_temp.positive",
                "'$-1,234.56'::money",
                "'O''Brien\n\\ 😀 日本'::text",
                "'été'::varchar(12)",
                "'abc'::pg_temp.code",
                "'x'::\"char\"",
                "'pg_class'::name",
                "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid",
                "'{ \"b\" : 1,\n  \"a\":2, \"a\":3 }'::json",
                "'{\"b\":1,\"a\":2.50}'::jsonb",
                "xmlparse(content '<a b=\"&amp;\">é</a>')",
                "'0001-01-01'::date",
                "'9999-12-31'::date",
                "'1582-10-15'::date",
                "'24:00:00'::time",
                "'23:59:59.999999'::time",
                "'12:00:00.5+05:45'::timetz",
                "'0001-01-01 00:00:00'::timestamp",
                "'9999-12-31 23:59:59.999999'::timestamp",
                "'2024-03-31 02:30:00'::timestamp",
                "'0001-01-01 00:00:00+00'::timestamptz",
                "'9999-12-31 23:59:59.999999+00'::timestamptz",
                "'1883-11-18 12:03:58-04:56:02'::timestamptz",
                "'-1 year +2 days -00:00:00.000001'::interval",
                "'178000000 years'::interval",
                "B'1'::bit(1)",
                "B'10110'::bit(5)",
                "B'101'::varbit",
                "'{\"a,b\",NULL,\"c\\\"d\",\"{}\"}'::text[]",
                "'[0:1]={7,8}'::int[]",
                "ARRAY['2024-01-01'::date]",
                "'10.0.0.1/8'::inet",
                "'fe80::/64'::cidr",
                "'08:00:2b:01:02:03'::macaddr",
                "'08:00:2b:01:02:03:04:05'::macaddr8",
                "'[1,10)'::int4range",
                "'{[1,3),[5,7)}'::int4multirange",
                "'empty'::tsrange",
                "'a fat cat'::tsvector",
                "'fat & rat'::tsquery",
                "'(1,2)'::point",
                "'<(0,0),5>'::circle",
                "'très heureux'::pg_temp.mood",
                "ROW('a \"b\"', 7)::pg_temp.address",
                "'pg_class'::regclass",
                "'16/B374D848'::pg_lsn",
                "'\\x00ff5c4e'::bytea",
                "''::bytea",
                "NULL::jsonb",
                "NULL::numeric(5,2)",
                "NULL::bytea"
            })
    void readsEachTypeAsTheServerShowsIt(String value) throws Exception {
        // The server shows instants in the session's zone; the batch has them in UTC.
        String shown = value.contains("timestamptz") ? "(" + value + " AT TIME ZONE 'UTC')" : value;
        String query = "SELECT " + value + " AS v, (" + shown + ")::text AS shown";

        List<String> row = read(query, "").rows().get(0);

        assertThat(row.get(0)).isEqualTo(normal(query, row.get(1)));
    }

    @Test
    void readsEveryValueOfTheCustomerProfile() throws Exception {
        String sql = Files.readString(Common.home().resolve("routes/profile.sql"))
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"));
        Result profile = read(sql.strip() + " ORDER BY customer_id", "exact_ratio.type=decimal(38,18)");
        List<List<String>> shown;
        try (Connection source = SharedSandbox.source()) {
            SharedSandbox.execute(source, "SET TimeZone = 'UTC'");
            List<String> names = new ArrayList<>();
            for (List<String> name : SharedSandbox.query(
                    source,
                    "SELECT quote_ident(column_name) FROM information_schema.columns"
                            + " WHERE table_name = 'customer_profile' ORDER BY ordinal_position")) {
                // A cast to text takes the blanks of a char(n) away, and adds a mask to an inet that has none.
                names.add("CASE WHEN " + name.get(0) + " IS NOT NULL THEN format('%s', " + name.get(0) + ") END");
            }
            shown = SharedSandbox.query(
                    source, "SELECT " + String.join(", ", names) + " FROM customer_profile p ORDER BY p.customer_id");
            assertThat(profile.columns()).hasSize(names.size());
        }

        assertThat(profile.rows()).hasSameSizeAs(shown).hasSizeGreaterThan(500);
        List<String> order = columnsOfTable();
        for (int row = 0; row < shown.size(); row++) {
            for (int i = 0; i < profile.columns().size(); i++) {
                Column column = profile.columns().get(i);
                String text = shown.get(row).get(order.indexOf(column.name()));
                assertThat(profile.rows().get(row).get(i))
                        .as("%s of row %s", column.name(), row)
                        .isEqualTo(text == null ? NULL : normal(column.type(), text));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repeat('x', 65536)||has 65536 bytes in UTF-8, more than the 65535 of its column (the value: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (65536 characters)'). Set columns.v.onOverflow=truncate to cut it or null",
                "decode(repeat('00', 64001), 'hex')||has 64001 bytes, more than the 64000 of its column. Set columns.v.type=binary(n) with n up to 16777216",
                "1234.5::numeric|v.type=decimal(5,2)|is 1234.5, with 6 digits at scale 2, more than the 5 of its type decimal(5,2)",
                "1.005::numeric|v.type=decimal(5,2)|is 1.005, with 3 fractional digits, more than the 2 of its type",
                "'NaN'::numeric(5,2)||is NaN, which no decimal and no integer holds (the value: 'NaN'). Set another columns.v.type, such as decimal(38,18) or text",
                "'Infinity'::numeric|v.type=decimal(38,0)|is Infinity, which no decimal",
                "'-Infinity'::numeric|v.type=bigint|is -Infinity, which no decimal",
                "'10000-01-01'::date||is in the year 10000, outside the years 1 to 9999",
                "'0044-03-15 BC'::date||is in the year -43, outside the years 1 to 9999",
                "'infinity'::date||is infinity, outside the years 1 to 9999",
                "'-infinity'::date||is -infinity, outside",
                "'10000-01-01 00:00:00'::timestamp||is in the year 10000",
                "'infinity'::timestamp||is infinity, outside",
                "'-infinity'::timestamptz||is -infinity, outside",
                "'9999-12-31 23:00:00-05'::timestamptz||is in the year 10000",
                "'2024-01-01 00:00:01'::timestamp|v.type=date|is 2024-01-01T00:00:01, not midnight",
                "32768|v.type=smallint|is 32768, outside -32768 to 32767 of its type smallint"
            })
    void refusesWhatDoesNotFitAndMakesItNullOnlyIfAsked(String value, String settings, String message)
            throws Exception {
        String query = "SELECT 7 AS id, " + value + " AS v";
        String said = Optional.ofNullable(settings).orElse("");

        assertThatThrownBy(() -> read(query, said))
                .hasMessageStartingWith("Column 'v' of row 1 (id = 7) ")
                .hasMessageContaining(message)
                .hasMessageContaining("columns.v.onOverflow");
        Result nulled = read(query, said.isEmpty() ? "v.onOverflow=null" : said + ",v.onOverflow=null");
        assertThat(nulled.rows()).containsExactly(List.of("7", NULL));
        assertThat(nulled.alterations()).isEqualTo(Map.of("v", Map.of("onOverflow=null", 1L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'NaN'::numeric|NaN",
                "'infinity'::timestamptz|infinity",
                "'0044-03-15 BC'::date|0044-03-15 BC",
                "123456789012345678901234567890123456789012.5|123456789012345678901234567890123456789012.5",
                "0.1::real|0.1"
            })
    void carriesAnythingAsTextIfAsked(String value, String text) throws Exception {
        assertThat(read("SELECT " + value + " AS v", "v.type=text").rows()).containsExactly(List.of(text));
    }

    @Test
    void cutsTextBetweenCharactersIfAskedAndCountsIt() throws Exception {
        Result result = read("SELECT repeat('日', 21846) AS v UNION ALL SELECT 'short'", "v.onOverflow=truncate");

        assertThat(result.rows()).containsExactly(List.of("日".repeat(21_845)), List.of("short"));
        assertThat(result.alterations()).isEqualTo(Map.of("v", Map.of("onOverflow=truncate", 1L)));
    }

    @Test
    void describesQueriesWithOperatorsThatAreQuestionMarks() throws SQLException {
        try (Connection source = SharedSandbox.source()) {
            assertThat(SourceColumns.describe(
                            source,
                            "SELECT '{\"a\":1}'::jsonb ? 'a' AS \"Has\", 1.5 AS n",
                            ColumnOverrides.parse(Map.of(), "n.type=text")))
                    .extracting(column -> column.type() + " " + column.column().type())
                    .containsExactly("bool boolean", "numeric text(65535 bytes)");
        }
    }

    @Test
    void describesTheStandInsByTheirOwnDrivers() throws SQLException {
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(types(
                            redshift,
                            "SELECT 1::smallint AS a, 1.5::decimal(12,2) AS b, 'x'::varchar(20) AS c, 'x'::char(5) AS d,"
                                    + " DATE '2024-01-01' AS e, '2024-01-01 00:00'::timestamptz AS f, true AS g"))
                    .containsExactly(
                            "smallint",
                            "decimal(12,2)",
                            "text(20 bytes)",
                            "text(5 bytes)",
                            "date",
                            "timestamptz",
                            "boolean");
        }
        try (Connection databricks = SharedSandbox.databricks()) {
            assertThat(types(
                            databricks,
                            "SELECT CAST(1 AS SMALLINT) AS a, CAST(1.5 AS DECIMAL(12,2)) AS b, 'x' AS c,"
                                    + " CAST('x' AS VARCHAR(7)) AS d, DATE'2024-01-01' AS e, CAST('2024-01-01' AS TIMESTAMP) AS f,"
                                    + " X'00' AS g, CAST(1 AS FLOAT) AS h, ARRAY(1) AS i"))
                    .containsExactly(
                            "smallint",
                            "decimal(12,2)",
                            "text(65535 bytes)",
                            "text(65535 bytes)",
                            "date",
                            "timestamptz",
                            "binary(64000 bytes)",
                            "real",
                            "text(65535 bytes)");
        }
    }

    private static List<String> types(Connection connection, String sql) throws SQLException {
        return SourceColumns.describe(connection, sql, ColumnOverrides.NONE).stream()
                .map(column -> column.column().type().toString())
                .toList();
    }

    /** A result: its columns, each value of each row as text, and what was changed. */
    private record Result(List<Column> columns, List<List<String>> rows, Map<String, Map<String, Long>> alterations) {}

    private static Result read(String sql, String columns) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getExchangeExtension().setFromRouteId("types-it");
        Endpoint endpoint = context.getEndpoint(
                "caravan-query:types-" + queries++, Map.of("dataSource", "source", "sql", sql, "columns", columns));
        try {
            Producer producer = endpoint.createProducer();
            producer.start();
            producer.process(exchange);
            RowStream rows = exchange.getMessage().getBody(RowStream.class);
            List<List<String>> values = new ArrayList<>();
            for (Batch batch = rows.read(1000); batch.rows() > 0; batch = rows.read(1000)) {
                for (int row = 0; row < batch.rows(); row++) {
                    values.add(row(batch, row));
                }
            }
            return new Result(
                    rows.columns().list(),
                    values,
                    Runs.find(exchange).orElseThrow().alterations());
        } finally {
            UnitOfWorkHelper.doneSynchronizations(
                    exchange, exchange.getExchangeExtension().handoverCompletions());
        }
    }

    private static List<String> row(Batch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            values.add(batch.vector(i).isNull(row) ? NULL : value(batch, i, row));
        }
        return values;
    }

    private static String value(Batch batch, int column, int row) {
        ColumnType type = batch.columns().get(column).type();
        if (type instanceof ColumnType.Bool) {
            return Boolean.toString(batch.longs(column).get(row) == 1);
        }
        if (type instanceof ColumnType.Int) {
            return Long.toString(batch.longs(column).get(row));
        }
        if (type instanceof ColumnType.FloatingPoint) {
            return Double.toString(batch.doubles(column).get(row));
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger unscaled = decimal.fitsLong()
                    ? BigInteger.valueOf(batch.longs(column).get(row))
                    : batch.decimals(column).get(row);
            return new BigDecimal(unscaled, decimal.scale())
                    .stripTrailingZeros()
                    .toPlainString();
        }
        if (type instanceof ColumnType.Date) {
            return LocalDate.ofEpochDay(batch.longs(column).get(row)).toString();
        }
        if (type instanceof ColumnType.Timestamp) {
            return LocalDateTime.ofInstant(
                            Instant.EPOCH.plus(batch.longs(column).get(row), ChronoUnit.MICROS), ZoneOffset.UTC)
                    .toString();
        }
        byte[] bytes = new byte[batch.bytes(column).length(row)];
        System.arraycopy(batch.bytes(column).data(), batch.bytes(column).start(row), bytes, 0, bytes.length);
        return type instanceof ColumnType.Binary
                ? "\\x" + HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String normal(String query, String shown) throws Exception {
        return shown.equals(NULL)
                ? NULL
                : normal(read(query, "").columns().get(0).type(), shown);
    }

    /** What the server shows, in the form of {@link #value}. */
    private static String normal(ColumnType type, String shown) {
        if (type instanceof ColumnType.Bool) {
            return Boolean.toString(shown.startsWith("t"));
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return floating.bytes() == Float.BYTES
                    ? Double.toString(Float.parseFloat(shown))
                    : Double.toString(Double.parseDouble(shown));
        }
        if (type instanceof ColumnType.Decimal) {
            return new BigDecimal(shown).stripTrailingZeros().toPlainString();
        }
        if (type instanceof ColumnType.Timestamp) {
            return LocalDateTime.parse(shown.replace(' ', 'T').replace("+00", ""))
                    .toString();
        }
        return shown;
    }

    private static List<String> columnsOfTable() throws SQLException {
        try (Connection source = SharedSandbox.source()) {
            return SharedSandbox.query(
                            source,
                            "SELECT lower(column_name) FROM information_schema.columns"
                                    + " WHERE table_name = 'customer_profile' ORDER BY ordinal_position")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
        }
    }

    /** The stand-in's reader may create types for a connection only. */
    private static DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                SourceTypesIT.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        return method.getName().equals("hashCode") ? 1 : proxy == arguments[0];
                    }
                    Connection source = SharedSandbox.source();
                    for (String type : TYPES) {
                        SharedSandbox.execute(source, type);
                    }
                    return source;
                });
    }
}
