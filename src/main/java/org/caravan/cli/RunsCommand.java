package org.caravan.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.StartedBy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The runs that the ledger keeps, the latest first. */
@Command(
        name = "runs",
        description = "List the runs that the ledger keeps, the latest first.",
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--pipeline", paramLabel = "PIPELINE", description = "List the runs of this pipeline only.")
    private String pipeline;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "List this many runs at the most (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit must be > 0, not " + limit + ".");
        }
        try (LedgerOfSettings ledger = LedgerOfSettings.open(common.settings(), StartedBy.COMMAND)) {
            List<KeptRun> runs = ledger.ledger().latest(Optional.ofNullable(pipeline), limit);
            spec.commandLine().getOut().println(json ? KeptRunJson.of(runs) : KeptRunText.table(runs));
            return ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }
}
