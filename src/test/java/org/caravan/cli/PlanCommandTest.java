package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verb plan, on routes whose services are not there. */
class PlanCommandTest {
    private static final String EXTRACT =
            "to: kamelet:caravan-extract?pipeline=shop&dataSource=shop&sql=RAW(select 1::bigint as id, 'x' as \"Name\")";

    @TempDir
    private Path directory;

    private Path routes;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        config = Files.writeString(directory.resolve("settings.properties"), CommandLineCall.SETTINGS);
        CommandLineCall.verification(routes);
    }

    @Test
    void showsTheColumnsOnTheirWayAndWhatMayChange() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT, "to: kamelet:caravan-load", "to: kamelet:caravan-verify");

        CommandLineCall call = plan("shop");

        assertThat(call.err()).isEmpty();
        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).startsWith("Pipeline shop: what a run would do. Nothing was run.");
        assertThat(words(call.out()))
                .contains(
                        "id bigint INT64 BIGINT BIGINT BIGINT =",
                        "name varchar BYTE_ARRAY STRING VARCHAR(65535) VARCHAR(65535) STRING = 1",
                        "1 the name is in lower case from here on, as Redshift folds names.");
        assertThat(call.out().lines()).allMatch(line -> line.length() <= 120, "fits a terminal of 120 columns");
    }

    @Test
    void showsTheGuardsAndWhatTheyAskOfTheStagingTable() throws Exception {
        CommandLineCall.route(
                routes,
                "shop",
                EXTRACT + "&fail=RAW(rows < 10; unique(NAME, id))&warn=RAW(nulls(name) > 5%)",
                "to: kamelet:caravan-load");

        CommandLineCall call = plan("shop");

        assertThat(call.err()).isEmpty();
        assertThat(words(call.out()))
                .contains("Guard: the run fails if rows < 10, or not unique(name, id); warns if nulls(name) > 5%");
        assertThat(plan("shop", "--sql").out()).contains("GROUP BY \"name\", \"id\" HAVING COUNT(*) > 1");
    }

    @Test
    void namesTheColumnThatAGuardMayMean() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT + "&warn=RAW(nulls(nane) > 5%)", "to: kamelet:caravan-load");

        CommandLineCall call = plan("shop");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains(
                        "The guard 'nulls(nane) > 5%' of pipeline 'shop' is on the column 'nane', which the result has"
                                + " not; it has 'name', 'id'.");
    }

    @Test
    void saysHowTheQueryIsReadAndWhyCopyCannotServe() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT);

        assertThat(words(plan("shop").out()))
                .contains(
                        "Reading: through a JDBC result set",
                        "reason the source is DuckDB, and only PostgreSQL has COPY TO STDOUT");
        JsonNode reading = plan("shop", "--json").json().path("reading");
        assertThat(reading.path("path").asText()).isEqualTo("resultset");
        assertThat(reading.path("advice").asText()).contains("jdbc_stream_results=true");
        assertThat(reading.path("partitions").asInt()).isEqualTo(1);
    }

    @Test
    void refusesSeveralConnectionsThatCannotSeeOneState() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT + "&partitions=2&partitionBy=id");

        CommandLineCall call = plan("shop");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains(
                        "partitions=2 of caravan-query: the source is DuckDB, whose connections cannot be made to read one state")
                .contains("partitionConsistency=none");

        CommandLineCall.route(routes, "shop", EXTRACT + "&partitions=2&partitionBy=id&partitionConsistency=none");
        JsonNode reading = plan("shop", "--json").json().path("reading");
        assertThat(reading.path("state").asText()).contains("may be missed or repeated");
        assertThat(reading.path("statements")).hasSize(3);
    }

    @Test
    void showsFilesAndStatementsInTheOrderOfARun() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT, "to: kamelet:caravan-load", "to: kamelet:caravan-verify");

        JsonNode plan = plan("shop", "--json").json();

        String run = plan.path("run").asText();
        assertThat(plan.path("files").path("partBytes").asLong()).isEqualTo(64L << 20);
        assertThat(plan.path("files").path("first").asText())
                .isEqualTo("s3://landing/caravan/shop/" + run + "/part-00001.parquet");
        assertThat(plan.path("files").path("manifest").asText())
                .isEqualTo("s3://landing/caravan/shop/" + run + "/manifest.json");
        assertThat(texts(plan.path("statements"), "title"))
                .containsExactly(
                        "Schema contract, schemaChange=freeze: what differs, and what that takes, is known when the target is"
                                + " asked",
                        "Load into the staging table",
                        "Verify the staging table in Redshift",
                        "Make the staging table visible in the foreign catalog",
                        "Verify the staging table through Databricks",
                        "Publish to public.shop, in one transaction",
                        "Verify public.shop in Redshift",
                        "Make public.shop visible in the foreign catalog",
                        "Verify public.shop through Databricks",
                        "Make the load ledger visible in the foreign catalog",
                        "Verify the load ledger through Databricks");
        String staging = "\"caravan_staging\".\"shop__" + run + "\"";
        assertThat(texts(plan.path("statements").path(1).path("statements"), "sql"))
                .containsExactly(
                        "CREATE SCHEMA IF NOT EXISTS \"caravan_staging\"",
                        "CREATE TABLE IF NOT EXISTS \"caravan_staging\".\"shop__load_ledger\" (run_id VARCHAR(64) NOT NULL,"
                                + " token BIGINT, mode VARCHAR(32) NOT NULL, target VARCHAR(300) NOT NULL,"
                                + " rows_inserted BIGINT NOT NULL, rows_updated BIGINT NOT NULL, rows_deleted BIGINT NOT NULL,"
                                + " rows_after BIGINT NOT NULL, digest VARCHAR(16384), watermark VARCHAR(16384),"
                                + " published_at TIMESTAMP NOT NULL, caravan_version VARCHAR(64)) DISTSTYLE ALL",
                        "CREATE TABLE " + staging + " (\"id\" BIGINT, \"name\" VARCHAR(65535)) DISTSTYLE EVEN",
                        "COPY " + staging + " (\"id\", \"name\") FROM 's3://landing/caravan/shop/" + run
                                + "/manifest.json' IAM_ROLE default FORMAT AS PARQUET MANIFEST STATUPDATE OFF",
                        "SELECT pg_last_copy_id()",
                        "SELECT pg_last_copy_count()");
        assertThat(plan.path("problems")).isEmpty();
    }

    @Test
    void saysWhoReadsTheTableForTheProof() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT, "to: kamelet:caravan-load", "to: kamelet:caravan-verify");
        Files.writeString(config, CommandLineCall.SETTINGS + "verify.digest=databricks\n");

        CommandLineCall call = plan("shop");

        assertThat(call.out())
                .contains(
                        "1 statement: Redshift reads the table once",
                        "1 statement: pushed down: Redshift reads the table once, and Databricks gets one row",
                        "1 statement: the digest: the Databricks warehouse fetches every row and computes it itself",
                        "and 1 more (--sql prints it)");
        assertThat(call.out()).doesNotContain("CAST(conv(");
        assertThat(plan("shop", "--sql").out())
                .contains("`fed`.`public`.`shop`;")
                .doesNotContain("--sql prints");
    }

    @Test
    void saysThatTheDigestIsOfASample() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT, "to: kamelet:caravan-load", "to: kamelet:caravan-verify");
        Files.writeString(
                config, CommandLineCall.SETTINGS + "verify.digest=both\nverify.sample=100\nverify.compare=rows\n");

        assertThat(plan("shop").out())
                .contains(
                        "1 statement: Redshift counts the rows and reads no value",
                        "1 statement: the digest, sampled 1/100: Redshift reads the table once, and computes it of the chosen rows",
                        "1 statement: the digest, sampled 1/100: the Databricks warehouse fetches every row and computes it of the chosen"
                                + " rows itself");
        assertThat(plan("shop", "--sql").out()).contains(" < " + 2147483647 / 100 + ") v)");
    }

    @Test
    void plansLessForVerificationsThatCountOnly() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT, "to: kamelet:caravan-load", "to: kamelet:caravan-verify");
        Files.writeString(config, CommandLineCall.SETTINGS + "verify.compare=rows\n");

        assertThat(plan("shop").out())
                .contains(
                        "1 statement: the digest: Redshift reads the table once",
                        "1 statement: pushed down: Redshift counts the rows and reads no value, and Databricks gets one row",
                        "one row of the load ledger");
    }

    @ParameterizedTest
    @CsvSource({
        "avro, .avro, long, string, FORMAT AS AVRO 'auto'",
        "csv, .csv, number, text, FORMAT AS CSV",
        "jsonl, .jsonl, number, string, FORMAT AS JSON 'auto'"
    })
    void followsTheFormatOfTheKamelet(String format, String suffix, String number, String text, String copy)
            throws Exception {
        CommandLineCall.route(
                routes,
                "shop",
                EXTRACT + "&format=" + format,
                "to: kamelet:caravan-load",
                "to: kamelet:caravan-verify");
        CommandLineCall.route(routes, "other", EXTRACT.replace("pipeline=shop", "pipeline=other"));

        JsonNode plan = plan("shop", "--json").json();

        assertThat(plan.path("files").path("suffix").asText()).isEqualTo(suffix);
        assertThat(texts(plan.path("columns"), "file")).containsExactly(number, text);
        assertThat(plan.path("statements")
                        .path(1)
                        .path("statements")
                        .path(3)
                        .path("sql")
                        .asText())
                .contains(copy);
        assertThat(plan("other", "--json").json().path("files").path("suffix").asText())
                .as("another call of the Kamelet")
                .isEqualTo(".parquet");
    }

    @Test
    void showsFilesThatAreOnlyDelivered() throws Exception {
        CommandLineCall.route(
                routes,
                "export",
                "to: caravan-query:export?dataSource=shop&sql=RAW(select 1 as id, 'x' as name)",
                "to: dataformat:csv:marshal?nullText=&compression=gzip",
                "to: file:" + directory.resolve("out"));

        CommandLineCall call = plan("export");

        assertThat(call.exitCode()).isZero();
        assertThat(words(call.out()))
                .contains("column source file", "id integer number =", "name varchar text ! 1", "Files: csv (*.csv.gz)")
                .anyMatch(line -> line.startsWith("1 NULL and '' differ by quotes alone"));
        assertThat(call.out()).doesNotContain("Redshift table", "CREATE TABLE");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void showsWhatItCanAndWhyARunWouldFail() throws Exception {
        Files.writeString(config, CommandLineCall.SETTINGS + "camel.component.caravan-redshift.iam-role=me\n");
        CommandLineCall.route(
                routes,
                "shop",
                "to: caravan-query:shop?dataSource=shop&sql=RAW(select 1 as id)",
                "to: caravan-stage:parts?bucket=landing",
                "to: dataformat:csv:marshal?lineEnd=crlf",
                "to: caravan-stage:manifest?bucket=landing",
                "to: caravan-redshift:load");

        CommandLineCall call = plan("shop");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).contains("COPY \"caravan_staging\"");
        assertThat(call.err().lines())
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("cannot be loaded into Redshift: COPY documents no line end but the newline"))
                .anyMatch(line -> line.contains("redshift.copy.iam-role is 'me', which is no role ARN"));
        assertThat(texts(plan("shop", "--json").json().path("problems"), "category"))
                .containsExactly("config", "config");
    }

    @Test
    void tellsASourceThatRefusesTheQuery() throws Exception {
        CommandLineCall.route(
                routes, "shop", "to: caravan-query:shop?dataSource=shop&sql=RAW(select nothing from nowhere)");

        CommandLineCall call = plan("shop");

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out()).contains("Columns: unknown");
        assertThat(call.err()).contains("A run would fail: Describing the query of pipeline 'shop'", "nowhere");
    }

    @Test
    void tellsWhatTheRouteComputesOnlyWhenItRuns() throws Exception {
        CommandLineCall.route(routes, "shop", "toD: caravan-query:${header.name}?dataSource=shop&sql=file:x.sql");

        CommandLineCall call = plan("shop");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).contains("Not looked into, since it is computed when the route runs: caravan-query:");
        assertThat(call.err()).contains("has no caravan-query step that can be found without running it");
    }

    @Test
    void plansForTheValuesThatAreGiven() throws Exception {
        CommandLineCall.route(
                routes,
                "shop",
                "to: caravan-query:shop?dataSource=shop&sql=RAW(select :region::varchar as r)&parameters=region=EU");

        assertThat(plan("shop", "--json").json().at("/parameters/region/value").asText())
                .isEqualTo("EU");
        assertThat(plan("shop", "--json", "--param", "region=US")
                        .json()
                        .at("/parameters/region/value")
                        .asText())
                .isEqualTo("US");
        CommandLineCall unknown = plan("shop", "--param", "regoin=US");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("--param gives").contains("regoin", "region");
    }

    @Test
    void listsThePipelinesIfThereIsNoneOfThatName() throws Exception {
        CommandLineCall.route(routes, "shop", EXTRACT);

        CommandLineCall call = plan("shopp");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("There is no pipeline 'shopp'", "there are: shop.");
    }

    private CommandLineCall plan(String... arguments) {
        return CommandLineCall.of(Stream.concat(
                        Stream.of("plan", "--config", config.toString(), "--routes", routes.toString()),
                        Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static List<String> words(String text) {
        return text.lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> node.path(field).asText())
                .toList();
    }
}
