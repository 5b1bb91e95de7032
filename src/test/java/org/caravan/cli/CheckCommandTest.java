package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb check, on good and bad files, settings and pipelines; nothing answers. */
class CheckCommandTest {
    private static final String QUERY = "to: caravan-query:%s?dataSource=shop&sql=RAW(select 1 as id)";

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
    void findsNothingWrongWithAGoodPipelineAndConnectsToNothing() throws Exception {
        good("shop");

        CommandLineCall call = check();

        assertThat(call.out().lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains(
                        "ok file shop.camel.yaml route shop",
                        "ok shop: query on the data source 'shop'",
                        "ok shop: files parquet (*.parquet), which COPY loads",
                        "ok shop: load staging tables in caravan_staging, COPY as default",
                        "ok shop: Databricks catalog fed",
                        "ok shop: publish the target is in the schema public",
                        "No problem; nothing was connected to (--connect does).");
        assertThat(call.exitCode()).isZero();
        assertThat(check("--json").json().path("ok").asBoolean()).isTrue();
    }

    @Test
    void namesEachBadFileAndChecksTheOthersAllTheSame() throws Exception {
        good("shop");
        Files.writeString(
                routes.resolve("indent.camel.yaml"),
                """
                - route:
                    id: indent
                    from:
                      uri: timer:x
                      steps:
                        - to: log:a
                       - to: log:b
                """);
        Files.writeString(
                routes.resolve("outside.camel.yaml"),
                """
                - route:
                    id: outside
                    from:
                      uri: timer:x
                      steps:
                        - to: log:a
                - to: log:b
                """);
        CommandLineCall.route(routes, "word", "setBoddy: { constant: x }");
        CommandLineCall.route(
                routes,
                "steps",
                "to: carvan-stage:parts",
                "to: caravan-stage:parts?maxBytes=64XB",
                "to: caravan-stage:parts?prefix=_hidden",
                "to: caravan-redshift:lod");
        Files.writeString(
                routes.resolve("option.camel.yaml"),
                """
                - beans:
                    - name: pipe
                      type: org.caravan.format.CsvDataFormat
                      properties: { delimitr: pipe }
                - beans:
                    - name: quotes
                      type: org.caravan.format.CsvDataFormat
                      properties: { quoting: nne }
                """);
        Files.writeString(
                routes.resolve("bad.xml"),
                "<routes xmlns=\"http://camel.apache.org/schema/xml-io\">\n<route id=\"bad\"><from uri=\"timer:x\"/></rout>");

        CommandLineCall call = check("--json");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(problems(call))
                .anyMatch(problem -> problem.startsWith("file indent.camel.yaml: ") && problem.contains("line 7"))
                .contains(
                        "file outside.camel.yaml: 'to' stands at the top level, outside of every route, where Camel passes over"
                                + " it; indent it so that it is below the 'steps:' of its route. (line 7)")
                .anyMatch(problem -> problem.startsWith("file word.camel.yaml: Unknown node id: setBoddy in line 6"))
                .anyMatch(problem ->
                        problem.startsWith("file steps.camel.yaml: ") && problem.contains("carvan-stage://parts"))
                .contains(
                        "file steps.camel.yaml: caravan-stage://parts: Invalid size '64XB'; write a number and B, KB, MB or GB,"
                                + " such as 64MB.",
                        "file steps.camel.yaml: caravan-redshift://lod: caravan-redshift knows the actions contract, load and publish, not"
                                + " 'lod'.")
                .anyMatch(problem -> problem.contains("caravan-stage://parts: Invalid S3 prefix '_hidden'"))
                .contains(
                        "file option.camel.yaml: property delimitr=pipe of CsvDataFormat: there is no such property, or it"
                                + " does not take that value.")
                .anyMatch(problem -> problem.startsWith("file bad.xml: "));
        assertThat(call.out()).contains("\"subject\":\"shop: files\",\"ok\":true");
    }

    @Test
    void refusesOptionsThatCopyCannotLoadForAPipelineThatLoads() throws Exception {
        for (String option : List.of("lineEnd=crlf", "quoting=none", "nullText=", "nul=keep")) {
            CommandLineCall.route(
                    routes,
                    "shop",
                    QUERY.formatted("shop"),
                    "to: dataformat:csv:marshal?" + option,
                    "to: caravan-redshift:load");
            assertThat(problems(check("--json")))
                    .as(option)
                    .singleElement()
                    .asString()
                    .startsWith("shop: files: csv (*.csv) cannot be loaded into Redshift: ");

            CommandLineCall.route(
                    routes, "shop", QUERY.formatted("shop"), "to: dataformat:csv:marshal?" + option, "to: log:done");
            CommandLineCall delivered = check("--json");
            assertThat(problems(delivered)).as(option).isEmpty();
            assertThat(delivered.out()).contains("which are only delivered; COPY could not load them: ");
        }
    }

    @Test
    void refusesAnOptionThatTheFormatDoesNotTake() throws Exception {
        CommandLineCall.route(
                routes, "shop", QUERY.formatted("shop"), "to: dataformat:csv:marshal?delimiter=ab", "to: log:done");

        assertThat(problems(check("--json")))
                .singleElement()
                .asString()
                .contains("delimiter must be one character, or comma, tab, pipe or semicolon; not 'ab'");
    }

    @Test
    void refusesAPublicationThatEveryRunWouldBeRefused() throws Exception {
        String[] steps = {
            QUERY.formatted("shop"), "to: dataformat:parquet:marshal", "to: caravan-redshift:load", "to: direct:verify"
        };
        CommandLineCall.route(routes, "shop", append(steps, "to: caravan-redshift:publish"));
        assertThat(problems(check("--json"))).isEmpty();

        steps[3] = "to: caravan-redshift:publish";
        CommandLineCall.route(routes, "shop", append(steps, "to: direct:verify"));
        assertThat(problems(check("--json")))
                .singleElement()
                .asString()
                .startsWith("shop: publish: Every run would be refused: the staging table is not verified");

        steps[3] = "to: caravan-redshift:publish?verify=none";
        CommandLineCall.route(routes, "shop", append(steps, "to: direct:verify"));
        assertThat(problems(check("--json"))).isEmpty();
    }

    @Test
    void checksTheGuardsAndWhereTheyStand() throws Exception {
        String extract = "to: kamelet:caravan-extract?pipeline=shop&dataSource=shop&sql=RAW(select 1 as id)";
        CommandLineCall.route(routes, "shop", extract + "&fail=RAW(rows < 9; unique(id))", "to: kamelet:caravan-load");
        assertThat(problems(check("--json"))).isEmpty();
        assertThat(check().out()).contains("the run fails if rows < 9, or not unique(id)");

        CommandLineCall.route(routes, "shop", extract + "&fail=RAW(unique(id))");
        assertThat(problems(check("--json"))).singleElement().asString().contains("Rules unique(…) are never checked");

        CommandLineCall.route(
                routes, "shop", extract, "to: kamelet:caravan-load", "to: caravan-guard:rows?fail=RAW(rows < 9)");
        assertThat(problems(check("--json")))
                .singleElement()
                .asString()
                .contains("caravan-guard:rows stands after caravan-redshift:load");

        CommandLineCall.route(routes, "shop", extract + "&fail=RAW(rows < 9x)", "to: kamelet:caravan-load");
        assertThat(problems(check("--json")))
                .singleElement()
                .asString()
                .contains("The parameter fail of caravan-guard:rows, 'rows < 9x', cannot be read at 'x' (character 9)");
    }

    @Test
    void tellsEveryMissingSettingAndEveryWrongOneTogether() throws Exception {
        good("shop");
        CommandLineCall.route(
                routes, "other", "to: caravan-query:other?dataSource=crm&sql=file:" + directory + "/no.sql");
        CommandLineCall.route(
                routes, "third", "to: caravan-query:third?dataSource=shop&sql=file:" + directory + "/no.sql");
        Files.writeString(config, "s3.region=eu-central-1\nredshift.copy.iam-role=me\nshop.url=jdbc:duckdb:\n");

        CommandLineCall call = check("--json");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(problems(call))
                .anyMatch(problem -> problem.startsWith("setting databricks.catalog: ")
                        && problem.contains("not set; write it there (the Databricks foreign"))
                .anyMatch(problem -> problem.startsWith("setting databricks.url: "))
                .anyMatch(problem -> problem.startsWith("setting redshift.url: "))
                .anyMatch(problem -> problem.startsWith("setting staging.bucket: ")
                        && problem.endsWith("or set STAGING_BUCKET in the environment"))
                .anyMatch(problem -> problem.contains("redshift.copy.iam-role=me: no role ARN"))
                .anyMatch(problem -> problem.startsWith("other: query: ") && problem.contains("set crm.url"))
                .anyMatch(problem -> problem.startsWith("third: query: ") && problem.contains("no.sql"))
                .hasSize(7);
    }

    @Test
    void namesTwoFilesThatTakeTheSameId() throws Exception {
        good("shop");
        Files.copy(routes.resolve("shop.camel.yaml"), routes.resolve("copy.camel.yaml"));

        assertThat(problems(check("--json")))
                .singleElement()
                .asString()
                .startsWith("file shop.camel.yaml: The route id 'shop' is taken by copy.camel.yaml");
    }

    @Test
    void checksThePipelinesThatAreNamedAndEveryFile() throws Exception {
        good("shop");
        good("other");

        CommandLineCall call = check("shop", "missing");

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out())
                .contains("file other.camel.yaml", "shop: query", "There is no such pipeline")
                .doesNotContain("other: query");
    }

    @Test
    void triesEachConnectionOnceAndTellsEveryFailure() throws Exception {
        good("shop");
        good("other");

        CommandLineCall call = check("--connect", "--json");

        assertThat(call.out()).contains("\"shop: source\",\"ok\":true", "'shop' describes the query: 1 column");
        assertThat(problems(call))
                .hasSize(4)
                .anyMatch(problem ->
                        problem.startsWith("bucket landing/caravan: s3:ListBucket on the bucket landing failed"))
                .anyMatch(
                        problem -> problem.startsWith("Redshift schema caravan_staging: Connecting to Redshift failed"))
                .anyMatch(problem -> problem.startsWith("Redshift schema public: Connecting to Redshift failed"))
                .anyMatch(problem -> problem.startsWith("Databricks catalog fed: Asking the Databricks warehouse"));
        assertThat(call.exitCode()).as("of the first: the bucket").isEqualTo(5);
    }

    private void good(String id) throws IOException {
        CommandLineCall.route(
                routes,
                id,
                "to: kamelet:caravan-extract?pipeline=" + id + "&dataSource=shop&sql=RAW(select 1 as id)",
                "to: kamelet:caravan-load",
                "to: kamelet:caravan-verify");
    }

    private CommandLineCall check(String... arguments) {
        return CommandLineCall.of(Stream.concat(
                        Stream.of("check", "--config", config.toString(), "--routes", routes.toString()),
                        Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private static List<String> problems(CommandLineCall call) {
        List<String> problems = new ArrayList<>();
        for (JsonNode finding : call.json().path("findings")) {
            if (!finding.path("ok").asBoolean()) {
                problems.add(finding.path("subject").asText() + ": "
                        + finding.path("message").asText());
            }
        }
        return problems;
    }

    private static String[] append(String[] steps, String last) {
        return Stream.concat(Arrays.stream(steps), Stream.of(last)).toArray(String[]::new);
    }
}
