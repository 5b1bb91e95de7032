package org.caravan.cli;

import java.util.concurrent.Callable;
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
        return new ScheduleChange(spec, common)
                .make(
                        pipeline,
                        schedules -> pipeline
                                + (schedules.unpause(pipeline) ? " runs by its schedule again." : " was not paused."));
    }
}
