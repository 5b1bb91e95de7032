package org.caravan.cli;

import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.RunDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Override
    public Integer call() {
        try {
            RunDetails details = KeptRuns.find(spec, common, run);
            spec.commandLine().getOut().println(json ? KeptRunJson.of(details) : KeptRunText.of(details));
            return ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }
}
