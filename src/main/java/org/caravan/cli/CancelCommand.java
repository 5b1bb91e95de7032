package org.caravan.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Origin;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunState;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.TimeSpan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run that is under way in any process ends before it is done. */
@Command(
        name = "cancel",
        description = {
            "Cancel a run that is under way in any process, on any host that shares the ledger, and wait until it has ended: what"
                    + " it runs at the source, in Redshift and in Databricks is cancelled there, the staging table is dropped, the lock"
                    + " is free. The process goes on with its other runs.",
            "A publication that is committed is not undone."
        },
        mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'caravan runs' lists it.")
    private String run;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "How long to wait until the run has ended, such as 30s or 5m (default: ${DEFAULT-VALUE})."
                    + " The request stands after that.")
    private String timeout;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Duration limit = TimeSpan.parse(timeout)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--timeout is a length of time such as 30s or 5m, not '" + timeout + "'."));
        try (LedgerOfSettings ledger = LedgerOfSettings.open(common.settings(), StartedBy.COMMAND)) {
            return tell(cancel(ledger, limit));
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private CancelFate cancel(LedgerOfSettings ledger, Duration limit) {
        RunDetails details = KeptRuns.find(spec, ledger, run);
        if (ledger.ledger().cancellations().ask(details.run().id()).isPresent()) {
            Origin origin = details.run().origin();
            say("Asked process " + origin.pid() + " on host " + origin.host() + " to cancel run " + run
                    + " of pipeline '" + details.run().pipeline() + "'; it looks for that at each heartbeat.");
        }
        return await(ledger, limit);
    }

    private CancelFate await(LedgerOfSettings ledger, Duration limit) {
        long began = System.nanoTime();
        boolean seen = false;
        while (true) {
            RunDetails details = KeptRuns.find(spec, ledger, run);
            Optional<CancelFate> fate = CancelFate.of(details);
            if (fate.isPresent()) {
                return fate.get();
            }
            if (details.run().state() == RunState.RUNNING
                    && details.cancellation().isEmpty()) {
                return CancelFate.resumed(details);
            }
            if (!seen && details.cancellation().flatMap(Cancellation::seen).isPresent()) {
                seen = true;
                say("The run has seen it, and stops.");
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(limit) >= 0 || StopSignal.isGiven()) {
                return CancelFate.waiting(details, waited);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaravanException(Category.INTERRUPTED, "The waiting was stopped; the request stands.", e);
        }
    }

    private int tell(CancelFate fate) {
        if (json) {
            spec.commandLine().getOut().println(fate.json());
        } else if (fate.exitCode() == ExitCode.DONE) {
            spec.commandLine().getOut().println(fate.message());
        } else {
            say(fate.message());
        }
        return fate.exitCode();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
