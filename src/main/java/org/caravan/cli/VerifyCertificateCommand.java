package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.support.DefaultRegistry;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.RunId;
import org.caravan.ledger.StartedBy;
import org.caravan.verify.Certificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks again, later, what a certificate says. */
@Command(
        name = "verify-certificate",
        description = "Check what a certificate says against S3, Redshift and Databricks as they are now.",
        mixinStandardHelpOptions = true)
final class VerifyCertificateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String S3 = "s3://";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN|FILE|s3://…", description = "A run of the ledger, or where the certificate lies.")
    private String certificate;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = common.settings();
        try (Connections connections = new Connections()) {
            DefaultRegistry registry = new DefaultRegistry();
            connections.bind(settings, registry);
            JsonNode read = JSON.readTree(text(settings, connections));
            if (!Certificate.FORMAT.equals(read.path("format").asText())) {
                throw new ParameterException(
                        spec.commandLine(), certificate + " is no certificate of the form " + Certificate.FORMAT + ".");
            }
            List<CertificateCheck.Line> lines =
                    new CertificateCheck(settings, registry, connections.s3(settings), read).lines();
            print(read, lines);
            return lines.stream().anyMatch(line -> line.verdict() == CertificateCheck.Verdict.DIFFERS)
                    ? Category.VERIFY.exitCode()
                    : ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        } catch (IOException e) {
            spec.commandLine().getErr().println(certificate + " cannot be read as JSON: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private String text(Settings settings, Connections connections) throws IOException {
        if (certificate.startsWith(S3)) {
            String[] address = certificate.substring(S3.length()).split("/", 2);
            if (address.length < 2) {
                throw new ParameterException(spec.commandLine(), "Write s3://bucket/key, not " + certificate + ".");
            }
            return connections
                    .s3(settings)
                    .getObjectAsBytes(get -> get.bucket(address[0]).key(address[1]))
                    .asUtf8String();
        }
        Path file = Path.of(certificate);
        if (Files.isRegularFile(file)) {
            return Files.readString(file);
        }
        try (LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND)) {
            return ledger.ledger()
                    .certificate(new RunId(certificate))
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "The ledger has no certificate of run " + certificate + "."));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "There is no file " + certificate + ", and no such run.", e);
        }
    }

    private void print(JsonNode read, List<CertificateCheck.Line> lines) {
        if (!json) {
            lines.forEach(line -> spec.commandLine()
                    .getOut()
                    .println(String.format("%-10s  %s: %s", line.verdict().label(), line.subject(), line.message())));
            return;
        }
        ObjectNode report = JSON.createObjectNode().put("run", read.path("run").asText());
        ArrayNode checks = report.putArray("checks");
        lines.forEach(line -> checks.addObject()
                .put("verdict", line.verdict().label())
                .put("subject", line.subject())
                .put("message", line.message()));
        spec.commandLine().getOut().println(report);
    }
}
