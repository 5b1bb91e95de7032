package org.caravan.cli;

import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The service: every pipeline by its schedule, until stopped. */
@Command(
        name = "start",
        description = "Run every pipeline by its schedule, until stopped (SIGTERM or Ctrl-C).",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Override
    public Integer call() {
        try {
            Settings settings = common.checkedSettings();
            LOG.info("Serving the routes of {} by their schedules, until stopped", common.routes());
            return Host.serve(
                    settings,
                    () -> common.settingsAgain(settings),
                    common.routes(),
                    new Outcomes(),
                    spec.commandLine().getOut()::println);
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    /** Logs one line for each run that ends. */
    private static final class Outcomes implements Runs.Listener {
        @Override
        public void begun(Run run) {
            // The run logs its beginning itself.
        }

        @Override
        public void ended(Run run, Run.Outcome outcome) {
            outcome.failure()
                    .ifPresentOrElse(
                            failure -> LOG.error("{}; run {}", Summary.failed(run.pipeline(), failure), run.id()),
                            () -> LOG.info("{}", Summary.done(run)));
        }
    }
}
