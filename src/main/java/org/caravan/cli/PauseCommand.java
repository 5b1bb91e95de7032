package org.caravan.cli;

import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops the schedule of a pipeline, on all nodes that share the ledger. */
@Command(
        name = "pause",
        description =
                "Let no run of a pipeline begin by its schedule until 'unpause'; a run that is under way goes on.",
        mixinStandardHelpOptions = true)
final class PauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline: its route's id.")
    private String pipeline;

    @Option(names = "--reason", paramLabel = "TEXT", description = "What 'schedule' tells with it.")
    private String reason = "";

    @Override
    public Integer call() {
        try {
            Settings settings = common.settings();
            PlannedPipeline.checkExists(settings, common.routes(), pipeline);
            change(settings);
            return ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private void change(Settings settings) {
        try (LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND)) {
            Schedules schedules = ledger.ledger().schedules().orElseThrow();
            boolean paused = schedules.pause(pipeline, reason);
            spec.commandLine()
                    .getOut()
                    .println(pipeline
                            + (paused ? " is paused: no run of it begins by its schedule." : " was paused already."));
        }
    }
}
