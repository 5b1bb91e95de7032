package org.caravan.cli;

import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Schedules;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.Settings;
import picocli.CommandLine.Model.CommandSpec;

/** Changes what the ledger keeps of a pipeline's schedule, for a verb; immutable. */
record ScheduleChange(CommandSpec spec, Common common) {
    /**
     * Makes a change, if there is such a pipeline.
     *
     * @param change gives what is to be said of it
     * @return the exit code
     */
    int make(String pipeline, Function<Schedules, String> change) {
        try {
            Settings settings = common.settings();
            PlannedPipeline.checkExists(settings, common.routes(), pipeline);
            try (LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND)) {
                String said = change.apply(ledger.ledger().schedules().orElseThrow());
                spec.commandLine().getOut().println(said);
            }
            return ExitCode.DONE;
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }
}
