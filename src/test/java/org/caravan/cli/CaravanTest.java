package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line in this process, without stand-ins: usage, exit codes, and which stream says what. */
class CaravanTest {
    private static final String SETTINGS =
            """
            staging.bucket=landing
            s3.region=eu-central-1
            s3.endpoint=http://127.0.0.1:1
            s3.access-key=a
            s3.secret-key=b
            redshift.url=jdbc:redshift://127.0.0.1:1/dev
            redshift.copy.iam-role=default
            databricks.url=jdbc:databricks://127.0.0.1:1
            databricks.catalog=fed
            shop.url=jdbc:duckdb:
            desk.url=jdbc:h2:mem:desk
            """;

    @TempDir
    private Path directory;

    private record Call(int exitCode, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "plan", "check", "start", "runs", "show", "cancel", "verify-certificate"})
    void helpsWithEveryVerb(String verb) {
        Call call = call(verb, "--help");

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("Usage: caravan " + verb, "--routes", "--config", "--profile");
        assertThat(call.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "help", "help run", "help demo", "help start", "help sandbox", "--version"})
    void helpsWithItself(String arguments) {
        assertThat(call(arguments.split(" ")).exitCode()).isZero();
    }

    @Test
    void listsEveryExitCode() {
        assertThat(call("--help").out())
                .contains("0 done", "2 usage", "3 configuration", "4 source", "5 format or staging", "6 load")
                .contains("7 verification differs", "8 publish", "9 interrupted");
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing required subcommand",
        "fly, 'Unmatched argument at index 0: ''fly'''",
        "run, Missing required parameter: 'PIPELINE'",
        "run a b, 'Unmatched argument at index 2: ''b'''",
        "run a --jsn, Unknown option: '--jsn'",
        "cancel, Missing required parameter: 'RUN'",
        "cancel a --timeout soon, '--timeout is a length of time such as 30s or 5m, not ''soon'''",
        "start --config, Missing required parameter for option '--config' (DIR)",
        "demo --scale, Missing required parameter for option '--scale' (F)"
    })
    void callsWrongArgumentsUsage(String arguments, String message) {
        Call call = call(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message);
        assertThat(call.out()).isEmpty();
    }

    @Test
    void callsAMissingConfigurationByItsCode() {
        Path nowhere = directory.resolve("nowhere");

        for (String verb : new String[] {"run customers", "start"}) {
            Call call = call((verb + " --config " + nowhere).split(" "));

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains("The configuration folder " + nowhere + " does not exist");
            assertThat(call.out()).isEmpty();
        }
    }

    @Test
    void reportsAFailureAsJsonOnStandardOutput() throws Exception {
        Call call = call(
                "run",
                "customers",
                "--json",
                "--config",
                directory.resolve("nowhere").toString());

        assertThat(call.exitCode()).isEqualTo(3);
        JsonNode json = new ObjectMapper().readTree(call.out());
        assertThat(json.path("outcome").asText()).isEqualTo("failed");
        assertThat(json.path("error").path("category").asText()).isEqualTo("config");
        assertThat(call.out().strip()).doesNotContain("\n");
        assertThat(call.err()).isEmpty();
    }

    @Test
    void namesARoutesFolderWithoutRoutes() throws Exception {
        Call call = run("customers", Files.createDirectory(directory.resolve("empty")));

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err()).contains("holds no routes (*.yaml, *.xml)");
        assertThat(run("customers", directory.resolve("none")).err())
                .contains("cannot be read; name one with --routes");
    }

    @Test
    void listsThePipelinesIfThereIsNoneOfThatName() throws Exception {
        Call call = run("custommers", routes("- setBody: { constant: x }"));

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("There is no pipeline 'custommers'", "there are: customers.");
    }

    @Test
    void tellsTheFailureOfARunByItsCategory() throws Exception {
        Call call = run("customers", routes("- to: caravan-query:customers?dataSource=crm&sql=RAW(select 1)"));

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains("customers failed (config): caravan-query:customers reads from the data source 'crm'");
        assertThat(call.out()).isEmpty();
    }

    @Test
    void namesTheRoutesFaultIfItDoesNotStart() throws Exception {
        Call call = run("customers", routes("- to: caravan-stage:upload"));

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err())
                .contains("The routes do not start:", "caravan-stage knows the actions parts, part and manifest");
    }

    @Test
    void saysThatARouteWithoutAQueryHasNoRun() throws Exception {
        Call call = run("customers", routes("- setBody: { constant: x }"));

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains("customers ended without a run");
    }

    @Test
    void isNotDoneIfNobodyReadsTheRows() throws Exception {
        Call call = run("customers", routes("- to: caravan-query:customers?dataSource=desk&sql=RAW(select 1 as a)"));

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.err()).contains("rows were read to their end: 0 were read");
    }

    @Test
    void listsAndShowsTheRunsOfTheLedger() throws Exception {
        Path routes = routes(
                """
                - to: caravan-query:customers?dataSource=desk&sql=RAW(select 1 as a)
                        - marshal: { custom: { ref: csv } }""");
        Call first = run("customers", routes);
        assertThat(first.exitCode()).as(first.err()).isZero();
        Files.writeString(
                routes.resolve("customers.camel.yaml"),
                Files.readString(routes.resolve("customers.camel.yaml")).replace("select 1 as a", "selec"));
        assertThat(run("customers", routes).exitCode()).isEqualTo(4);

        Call list = ledger("runs");

        assertThat(list.exitCode()).isZero();
        assertThat(list.out().lines())
                .hasSize(3)
                .first()
                .asString()
                .containsSubsequence("run", "pipeline", "started", "duration", "rows", "outcome");
        assertThat(list.out().lines().skip(1).toList())
                .satisfiesExactly(
                        failed -> assertThat(failed).contains("  customers  ").endsWith("  failed (source)"),
                        done -> assertThat(done).endsWith("  done"));
        assertThat(ledger("runs", "--limit", "1").out().lines()).hasSize(2);
        assertThat(ledger("runs", "--pipeline", "orders").out()).contains("The ledger keeps no such run.");

        JsonNode runs =
                new ObjectMapper().readTree(ledger("runs", "--json").out()).path("runs");
        assertThat(runs).hasSize(2);
        assertThat(runs.path(0).path("outcome").asText()).isEqualTo("failed");
        assertThat(runs.path(0).path("error").path("category").asText()).isEqualTo("source");
        assertThat(runs.path(0).path("origin").path("startedBy").asText()).isEqualTo("command");
        assertThat(runs.path(0).path("origin").path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(runs.path(0).path("token").asLong())
                .isEqualTo(runs.path(1).path("token").asLong() + 1);
        assertThat(runs.path(1).path("outcome").asText()).isEqualTo("done");

        String id = runs.path(0).path("run").asText();
        Call shown = ledger("show", id);
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out())
                .contains("run                 " + id + " of pipeline customers: failed (source)")
                .contains("failure             Running the query of pipeline 'customers'")
                .containsPattern("started +20.* by command, on .* \\(process [0-9]+, user .*\\)")
                .contains("step extract        began ")
                .contains("rows source         -")
                .contains("parts               0, 0.0 KB");
        JsonNode json = new ObjectMapper().readTree(ledger("show", id, "--json").out());
        assertThat(json.path("run").asText()).isEqualTo(id);
        assertThat(json.path("steps").path("extract").path("seconds").isNumber())
                .isTrue();
        assertThat(json.path("files")).isEmpty();
    }

    @Test
    void callsAnUnknownRunUsage() throws Exception {
        Call unknown = ledger("show", "20260131t060000000_4x7qa");
        Call none = ledger("show", "latest");
        Call negative = ledger("runs", "--limit", "0");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no run '20260131t060000000_4x7qa' in the ledger");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("Invalid run id 'latest'");
        assertThat(negative.exitCode()).isEqualTo(2);
        assertThat(negative.err()).contains("--limit must be > 0, not 0.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger.url=jdbc:postgresql://127.0.0.1:1/ledger | Check the setting ledger.url",
                "ledger.url=jdbc:h2:file:/proc/ledger            | Check the setting ledger.url",
                "ledger.url=jdbc:mysql://h/d?password=c4n4ry     | ledger.url=jdbc:mysql://h/d?password=***: not a ledger; write jdbc:h2:file:<path>",
                "ledger.lock-expiry=soon                         | ledger.lock-expiry=soon: not a duration; write a whole number and a unit"
            })
    void namesTheLedgersSettingToMend(String setting, String said) throws Exception {
        Path routes = routes("- to: caravan-query:customers?dataSource=shop&sql=RAW(select 1 as a)");
        Path config = Files.writeString(
                directory.resolve("settings.properties"), SETTINGS + setting + System.lineSeparator());

        for (Call call : new Call[] {
            call("runs", "--config", config.toString()),
            call("run", "customers", "--config", config.toString(), "--routes", routes.toString())
        }) {
            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err()).contains(said).doesNotContain("c4n4ry");
            assertThat(call.out()).isEmpty();
        }
    }

    private Call ledger(String... arguments) throws Exception {
        Path config = Files.writeString(directory.resolve("settings.properties"), SETTINGS);
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = config.toString();
        return call(all);
    }

    private Path routes(String step) throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Files.writeString(
                routes.resolve("customers.camel.yaml"),
                """
                - route:
                    id: customers
                    from:
                      uri: timer:customers
                      steps:
                        %s
                """
                        .formatted(step));
        return routes;
    }

    private Call run(String pipeline, Path routes) throws Exception {
        Path config = Files.writeString(directory.resolve("settings.properties"), SETTINGS);
        return call("run", pipeline, "--config", config.toString(), "--routes", routes.toString());
    }

    private static Call call(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new Caravan())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new Call(exitCode, out.toString(), err.toString());
    }
}
