package org.caravan.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.StartedBy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One run with all that the ledger keeps of it. */
@Command(
        name = "show",
        description =
                "Show a run: where and by whom it was started, its steps, row counts, parts, digests and failure.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'caravan runs' lists it.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(names = "--certificate", description = "Print the run's certificate, JSON, and nothing else.")
    private boolean certificate;

    @Override
    public Integer call() {
        try (LedgerOfSettings ledger = LedgerOfSettings.open(common.settings(), StartedBy.COMMAND)) {
            RunDetails details = KeptRuns.find(spec, ledger, run);
            Optional<String> proof = ledger.ledger().certificate(details.run().id());
            spec.commandLine().getOut().println(text(details, proof));
            return ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private Object text(RunDetails details, Optional<String> proof) {
        if (certificate) {
            return proof.orElseThrow(() -> new ParameterException(
                    spec.commandLine(),
                    "Run " + run + " has no certificate: only runs that ended well and are published have one."));
        }
        return json
                ? KeptRunJson.of(details)
                : KeptRunText.of(details) + proof.map(CertificateText::of).orElse("");
    }
}
