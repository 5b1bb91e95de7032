package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job, through every real protocol of the sandbox. */
class MainJobIT {
    private static final List<String> POINTS = List.of("source", "files", "copied", "redshift", "databricks");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"customers, 1500, 9", "orders, 15000, 9", "lineitem, 60175, 16", "profile, 1000, 39"})
    void carriesEveryRowOfEachShippedPipeline(String pipeline, long rows, int columns) throws Exception {
        JsonNode report = run(pipeline, SharedSandbox.config());

        assertThat(report.path("outcome").asText()).isEqualTo("done");
        assertThat(report.path("pipeline").asText()).isEqualTo(pipeline);
        for (String point : POINTS) {
            assertThat(report.path("rows").path(point).asLong()).as(point).isEqualTo(rows);
        }
        assertThat(report.path("columns").asInt()).isEqualTo(columns);
        assertThat(report.path("parts").asInt()).isPositive();
        assertThat(report.path("bytes").asLong()).isPositive();
        assertThat(report.path("steps").fieldNames())
                .toIterable()
                .containsExactly("extract", "stage", "load", "verify", "publish");
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(redshift, "select count(*) from public." + pipeline))
                    .containsExactly(List.of(Long.toString(rows)));
            assertThat(SharedSandbox.query(
                            redshift,
                            "select table_name from information_schema.tables where table_schema = 'caravan_staging'"
                                    + " and table_name not like '%load_ledger'"))
                    .as("staging tables left behind")
                    .isEmpty();
        }
    }

    @Test
    void deliversTheVeryValuesThatWereQueried() throws Exception {
        run("customers", SharedSandbox.config());

        String sql = Files.readString(Common.home().resolve("routes/customers.sql"));
        try (Connection source = SharedSandbox.source();
                Connection redshift = SharedSandbox.redshift();
                Connection databricks = SharedSandbox.databricks()) {
            List<List<String>> queried = SharedSandbox.query(source, sql);
            assertThat(queried).hasSize(1500);
            assertThat(SharedSandbox.query(redshift, "select * from public.customers order by c_custkey"))
                    .isEqualTo(queried);
            assertThat(SharedSandbox.query(
                            databricks, "select * from redshift_fed.public.customers order by c_custkey"))
                    .isEqualTo(queried);
        }
    }

    @Test
    void deliversAwkwardValuesUnchanged() throws Exception {
        run("profile", SharedSandbox.config());

        List<String> columns = List.of(
                "customer_uuid",
                "full_name",
                "nickname",
                "email",
                "short_code",
                "country_code",
                "region_code",
                "biography",
                "\"select\"",
                "\"user\"",
                "\"home town\"",
                "always_null",
                "\"order\"",
                "age_years",
                "total_cents",
                "credit_limit",
                "lifetime_value",
                "loyalty_points",
                "discount_rate",
                "score_real",
                "birth_date",
                "registered_at",
                "is_active",
                "tier");
        try (Connection source = SharedSandbox.source();
                Connection redshift = SharedSandbox.redshift()) {
            for (String column : columns) {
                String select = "select customer_id, " + column + " from ";
                assertThat(SharedSandbox.query(redshift, select + "public.profile order by 1"))
                        .as(column)
                        .isEqualTo(SharedSandbox.query(source, select + "customer_profile order by 1"));
            }
            // Redshift's EXTRACT(EPOCH …) is whole seconds, so instants are compared by their microseconds.
            assertThat(SharedSandbox.query(
                            redshift,
                            "select customer_id, datediff(microsecond, timestamp '1970-01-01', last_seen_at at time zone 'UTC')"
                                    + " from public.profile order by 1"))
                    .isEqualTo(SharedSandbox.query(
                            source,
                            "select customer_id, (extract(epoch from last_seen_at) * 1000000)::bigint"
                                    + " from customer_profile order by 1"));
            // The drivers ask for different numbers of digits, so these are compared as numbers.
            String doubles = "select score_double from ";
            assertThat(SharedSandbox.query(redshift, doubles + "public.profile order by customer_id"))
                    .map(row -> number(row.get(0)))
                    .isEqualTo(SharedSandbox.query(source, doubles + "customer_profile order by customer_id").stream()
                            .map(row -> number(row.get(0)))
                            .toList());
        }
    }

    @Test
    void cutsPartsThatAnIndependentReaderReads() throws Exception {
        JsonNode report = run("lineitem", SharedSandbox.configWith(Map.of("staging.part-size", "300KB")));

        assertThat(report.path("parts").asInt()).isGreaterThan(3);
        Path folder = SharedSandbox.bucket()
                .resolve("caravan/lineitem/" + report.path("run").asText());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(report.path("parts").asInt())
                    .allSatisfy(file -> assertThat(file)
                            .satisfies(part -> assertThat(Files.size(part)).isLessThan(600_000)));
        }
        String read = "read_parquet('" + folder + "/*.parquet')";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Connection source = SharedSandbox.source()) {
            String sums = "select count(*), sum(l_orderkey), sum(l_quantity), sum(l_extendedprice), min(l_shipdate),"
                    + " max(l_comment) from ";
            assertThat(SharedSandbox.query(duckdb, sums + read))
                    .isEqualTo(SharedSandbox.query(source, sums + "lineitem"));
            assertThat(SharedSandbox.query(
                            duckdb,
                            "select distinct name, type, converted_type, precision, scale from parquet_schema('"
                                    + folder
                                    + "/*.parquet') where name in ('l_orderkey', 'l_extendedprice', 'l_shipdate', 'l_comment')"
                                    + " order by name"))
                    .containsExactly(
                            Arrays.asList("l_comment", "BYTE_ARRAY", "UTF8", null, null),
                            List.of("l_extendedprice", "INT64", "DECIMAL", "15", "2"),
                            Arrays.asList("l_orderkey", "INT64", null, null, null),
                            Arrays.asList("l_shipdate", "INT32", "DATE", null, null));
        }
    }

    @Test
    void cutsAsManyEqualPartsAsTheClusterHasSlices() throws Exception {
        long slices;
        try (Connection redshift = SharedSandbox.redshift()) {
            slices = Long.parseLong(SharedSandbox.query(redshift, "select count(*) from stv_slices")
                    .get(0)
                    .get(0));
        }
        assertThat(slices).isEqualTo(2);

        Path sql = Common.home().resolve("routes/lineitem.sql");
        Files.writeString(
                directory.resolve("slices.camel.yaml"),
                """
                - route:
                    id: slices
                    from:
                      uri: timer:slices
                      steps:
                        - to: kamelet:caravan-extract?pipeline=slices&format=csv&sql=file:%s
                """
                        .formatted(sql));
        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                "slices",
                "--json",
                "--routes",
                directory.toString(),
                "--config",
                SharedSandbox.configWith(Map.of("redshift.slices", Long.toString(slices)))
                        .toString());

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(call.out());
        assertThat(report.path("parts").asInt()).isEqualTo(2);
        Path folder = SharedSandbox.bucket()
                .resolve("caravan/slices/" + report.path("run").asText());
        long first = Files.size(folder.resolve("part-00001.csv"));
        long second = Files.size(folder.resolve("part-00002.csv"));
        assertThat((double) first / second).isBetween(0.8, 1.25);
    }

    @Test
    void replacesTheRowsAndKeepsTheViewsOnThem() throws Exception {
        run("customers", SharedSandbox.config());
        try (Connection redshift = SharedSandbox.redshift()) {
            SharedSandbox.execute(redshift, "drop view if exists public.germans");
            SharedSandbox.execute(
                    redshift,
                    "create view public.germans as select c_custkey from public.customers where trim(nation) = 'GERMANY'");
            SharedSandbox.execute(redshift, "delete from public.customers where c_custkey > 700");

            run("customers", SharedSandbox.config());

            assertThat(SharedSandbox.query(redshift, "select count(*) from public.customers"))
                    .containsExactly(List.of("1500"));
            try (Connection source = SharedSandbox.source()) {
                assertThat(SharedSandbox.query(redshift, "select count(*) from public.germans"))
                        .isEqualTo(
                                SharedSandbox.query(
                                        source,
                                        "select count(*) from customer join nation on n_nationkey = c_nationkey where n_name = 'GERMANY'"));
            }
            SharedSandbox.execute(redshift, "drop view public.germans");
        }
    }

    @Test
    void letsDatabricksReadButNotWrite() throws Exception {
        run("orders", SharedSandbox.config());

        try (Connection databricks = SharedSandbox.databricks()) {
            assertThat(SharedSandbox.query(databricks, "select count(*) from redshift_fed.public.orders"))
                    .containsExactly(List.of("15000"));
            assertThatThrownBy(() -> SharedSandbox.execute(databricks, "delete from redshift_fed.public.orders"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> SharedSandbox.execute(
                            databricks,
                            "insert into redshift_fed.public.orders select * from redshift_fed.public.orders"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection redshift = SharedSandbox.redshift()) {
            assertThat(SharedSandbox.query(redshift, "select count(*) from public.orders"))
                    .containsExactly(List.of("15000"));
        }
    }

    @Test
    void seesOneChangedValueBehindItsBackAndPublishesNothing() throws Exception {
        run("customers", SharedSandbox.config());
        Path routes = routesWith(
                "        - to: caravan-redshift:load\n",
                "        - to: caravan-redshift:load\n"
                        + "        - setBody:\n"
                        + "            simple: \"update caravan_staging.customers__${header.CamelCaravanRunId} set c_acctbal ="
                        + " c_acctbal + 0.01 where c_custkey = 77\"\n"
                        + "        - to: jdbc:redshift\n");

        SharedSandbox.Call call = SharedSandbox.call(
                "run", "customers", "--config", SharedSandbox.config().toString(), "--routes", routes.toString());

        assertThat(call.exitCode()).isEqualTo(7);
        assertThat(call.err())
                .contains("c_acctbal")
                .contains("sum")
                .contains("queried")
                .contains("found");
        try (Connection redshift = SharedSandbox.redshift();
                Connection source = SharedSandbox.source()) {
            assertThat(SharedSandbox.query(redshift, "select sum(c_acctbal) from public.customers"))
                    .isEqualTo(SharedSandbox.query(source, "select sum(c_acctbal) from customer"));
        }
    }

    @Test
    void refusesToPublishWhatWasNotVerified() throws Exception {
        Path routes = routesWith("        - to: direct:verify\n\n        # 5.", "        # 5.");

        SharedSandbox.Call call = SharedSandbox.call(
                "run", "customers", "--config", SharedSandbox.config().toString(), "--routes", routes.toString());

        assertThat(call.exitCode()).isEqualTo(8);
        assertThat(call.err())
                .contains("not verified in redshift and databricks")
                .contains("verify=none");
    }

    private static Optional<Double> number(String text) {
        return Optional.ofNullable(text).map(Double::valueOf);
    }

    private Path routesWith(String text, String replacement) throws IOException {
        Path shipped = Common.home().resolve("routes");
        String route = Files.readString(shipped.resolve("customers.camel.yaml"));
        assertThat(route).contains(text);
        Files.writeString(directory.resolve("customers.camel.yaml"), route.replace(text, replacement));
        for (String file : List.of("customers.sql", "verify.camel.yaml")) {
            Files.copy(shipped.resolve(file), directory.resolve(file));
        }
        return directory;
    }

    private static JsonNode run(String pipeline, Path config) throws IOException {
        SharedSandbox.Call call = SharedSandbox.call("run", pipeline, "--json", "--config", config.toString());
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        return new ObjectMapper().readTree(call.out());
    }
}
