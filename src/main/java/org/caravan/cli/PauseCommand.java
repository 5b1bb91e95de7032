package org.caravan.cli;

import java.util.concurrent.Callable;
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
        return new ScheduleChange(spec, common)
                .make(
                        pipeline,
                        schedules -> pipeline
                                + (schedules.pause(pipeline, reason)
                                        ? " is paused: no run of it begins by its schedule."
                                        : " was paused already."));
    }
}
