package org.caravan.cli;

import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends what pause began. */
@Command(
        name = "unpause",
        aliases = "resume-schedule",
        description = "Let a pipeline run by its schedule again, from its next time on.",
        mixinStandardHelpOptions = true)
final class UnpauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline: its route's id.")
    private String pipeline;

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
            boolean paused = schedules.unpause(pipeline);
            spec.commandLine()
                    .getOut()
                    .println(pipeline + (paused ? " runs by its schedule again." : " was not paused."));
        }
    }
}
