package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
            """;

    @TempDir
    private Path directory;

    private record Call(int exitCode, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "plan", "check", "start"})
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
