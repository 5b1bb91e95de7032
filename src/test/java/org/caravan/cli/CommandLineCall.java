package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** What a call of the command line in this process gave; and folders of routes and settings to call it with. */
record CommandLineCall(int exitCode, String out, String err) {
    /** Settings of services that are not there, and of a database in this process, {@code shop}. */
    static final String SETTINGS =
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

    static CommandLineCall of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new Caravan())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
        return new CommandLineCall(exitCode, out.toString(), err.toString());
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of one route with an id, whose steps are given as YAML, a line each. */
    static void route(Path folder, String id, String... steps) throws IOException {
        StringBuilder text = new StringBuilder(
                "- route:\n    id: " + id + "\n    from:\n      uri: timer:" + id + "\n      steps:\n");
        for (String step : steps) {
            text.append("        - ").append(step).append('\n');
        }
        Files.writeString(folder.resolve(id + ".camel.yaml"), text);
    }

    /** Writes the shipped verification route into a folder. */
    static void verification(Path folder) throws IOException {
        Files.copy(Path.of("routes/verify.camel.yaml"), folder.resolve("verify.camel.yaml"));
    }
}
