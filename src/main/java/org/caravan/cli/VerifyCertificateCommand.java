package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Point;
import org.caravan.ledger.RunId;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.Settings;
import org.caravan.stage.KeptObjects;
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
    private static final List<String> DIGESTS = List.of("none", "redshift", "databricks", "both");

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "RUN|FILE|s3://…",
            description = "A run of the ledger, a file, or the address of a certificate.")
    private String which;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--read-files",
            description = "Read every part, also where the bucket keeps a CRC-32 of the whole object.")
    private boolean readFiles;

    @Option(
            names = "--digest",
            paramLabel = "ENGINE",
            description =
                    "Who computes the digest of the target again: none, redshift, databricks (which reads all rows),"
                            + " both (default: verify.digest).")
    private String digest;

    @Override
    public Integer call() {
        try {
            return check(common.checkedSettings());
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private int check(Settings settings) {
        try (Connections connections = new Connections();
                LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND)) {
            JsonNode certificate = certificate(text(settings, connections, ledger));
            List<CertificateFinding> findings = new CertificateCheck(
                            settings,
                            connections,
                            ledger.ledger(),
                            readFiles ? CertificateFiles.Reading.ALL : CertificateFiles.Reading.NEEDED,
                            digests(settings))
                    .check(certificate);
            CertificateReport report = new CertificateReport(certificate, findings);
            spec.commandLine().getOut().println(json ? report.json() : report.text());
            return report.exitCode();
        }
    }

    private List<Point> digests(Settings settings) {
        String asked = Optional.ofNullable(digest)
                .or(() -> settings.find("verify.digest"))
                .orElseThrow()
                .toLowerCase(Locale.ROOT);
        if (!DIGESTS.contains(asked)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--digest (setting verify.digest) must be one of " + String.join(", ", DIGESTS) + ", not '" + asked
                            + "'.");
        }
        List<Point> engines = new ArrayList<>();
        for (Point engine : List.of(Point.REDSHIFT, Point.DATABRICKS)) {
            if (asked.equals("both") || asked.equals(engine.label())) {
                engines.add(engine);
            }
        }
        return engines;
    }

    private String text(Settings settings, Connections connections, LedgerOfSettings ledger) {
        if (which.startsWith(S3)) {
            String[] address = which.substring(S3.length()).split("/", 2);
            if (address.length < 2) {
                throw new ParameterException(spec.commandLine(), "Write s3://bucket/key, not '" + which + "'.");
            }
            return new KeptObjects(connections.s3(settings), address[0])
                    .text(address[1])
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no " + which + "."));
        }
        Path file = Path.of(which);
        if (Files.isRegularFile(file)) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new ParameterException(spec.commandLine(), which + " cannot be read: " + e.getMessage() + ".", e);
            }
        }
        return ledger.ledger()
                .certificate(run())
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "The ledger has no certificate of run " + which
                                + ": only runs that ended well and are published have one."));
    }

    private RunId run() {
        try {
            return new RunId(which);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "There is no file '" + which + "', and it is no run's id.", e);
        }
    }

    private JsonNode certificate(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            if (Certificate.FORMAT.equals(read.path("format").asText())) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw new ParameterException(spec.commandLine(), which + " is no JSON: " + e.getOriginalMessage() + ".", e);
        }
        throw new ParameterException(
                spec.commandLine(), which + " is no certificate: its format is not " + Certificate.FORMAT + ".");
    }
}
