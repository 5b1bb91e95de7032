package org.caravan.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.caravan.ledger.Cancellation;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Step;
import org.caravan.ledger.Warning;

/** What became of a run that was to be cancelled; immutable. */
record CancelFate(RunDetails details, Kind kind, String message) {
    /** What there is to say. */
    enum Kind {
        /** The request ended it, and the target has the rows of before. */
        CANCELLED("cancelled", ExitCode.DONE),
        /** The request ended it after its rows were published. */
        PUBLISHED("published", Category.CONFIG.exitCode()),
        /** The request ended it, and whether its rows are published is not known. */
        IN_DOUBT("in doubt", Category.PUBLISH.exitCode()),
        /** It had ended by itself. */
        OVER("over", Category.CONFIG.exitCode()),
        /** Its process is gone. */
        DEAD("dead", Category.CONFIG.exitCode()),
        /** It is still under way. */
        WAITING("under way", Category.INTERRUPTED.exitCode());

        private final String label;
        private final int exitCode;

        Kind(String label, int exitCode) {
            this.label = label;
            this.exitCode = exitCode;
        }
    }

    int exitCode() {
        return kind.exitCode;
    }

    /** What {@code --json} prints. */
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", details.run().id().value())
                .put("pipeline", details.run().pipeline())
                .put("fate", kind.label)
                .put("outcome", details.run().state().label())
                .put("message", Masking.masked(message));
    }

    /** That of a run which is over, whether somebody asked or not; empty while it is under way. */
    static Optional<CancelFate> of(RunDetails details) {
        KeptRun run = details.run();
        if (run.state() == RunState.RUNNING) {
            return Optional.empty();
        }
        if (run.ended().isEmpty()) {
            return Optional.of(dead(details));
        }
        boolean seen = details.cancellation().flatMap(Cancellation::seen).isPresent();
        return Optional.of(run.state() == RunState.INTERRUPTED && seen ? cancelled(details) : over(details));
    }

    private static CancelFate dead(RunDetails details) {
        KeptRun run = details.run();
        return new CancelFate(
                details,
                Kind.DEAD,
                name(run) + " is not under way any more: process "
                        + run.origin().pid() + " on host "
                        + run.origin().host()
                        + " sent no heartbeat for longer than its lock lasts (ledger.lock-expiry). There is nothing to cancel."
                        + " The next run of the pipeline takes the lock, finds out in Redshift whether this one was published, and"
                        + " drops its staging table; 'caravan resume " + run.id()
                        + "' does so too, and goes on with it."
                        + " Should the process only have been paused, it stops as soon as it wakes.");
    }

    private static CancelFate cancelled(RunDetails details) {
        KeptRun run = details.run();
        String resume = "caravan resume " + run.id();
        if (run.table().isPresent()) {
            return new CancelFate(
                    details,
                    Kind.PUBLISHED,
                    name(run) + " was published before the request reached it: its rows are in "
                            + run.table().get()
                            + ", and stay there. It is stopped, and was not verified after its publication: " + resume
                            + " does that.");
        }
        Optional<Warning> doubt = details.warnings().stream()
                .filter(warning -> warning.rule().equals(Warning.COMMIT))
                .findFirst();
        if (doubt.isPresent()) {
            return new CancelFate(
                    details,
                    Kind.IN_DOUBT,
                    name(run) + " is cancelled, but whether it is published is not known: "
                            + doubt.get().message() + " The next run of the pipeline and " + resume + " ask it.");
        }
        return new CancelFate(
                details,
                Kind.CANCELLED,
                name(run) + " is cancelled" + step(details)
                        + ". The target has the rows of before, and the lock is free." + " To go on with it: " + resume
                        + "; to do it again: caravan retry " + run.id() + ".");
    }

    private static String step(RunDetails details) {
        Optional<Step> last = details.steps().entrySet().stream()
                .max((one, other) ->
                        one.getValue().began().compareTo(other.getValue().began()))
                .map(entry -> entry.getKey());
        return last.map(step -> " in step " + step.label()).orElse("")
                + KeptRunText.time(details.run())
                        .map(time -> " after " + KeptRunText.shown(time))
                        .orElse("");
    }

    private static CancelFate over(RunDetails details) {
        KeptRun run = details.run();
        String when = details.cancellation().isPresent()
                ? ", before the request reached it"
                : run.ended()
                        .map(ended -> " since " + KeptRunText.seconds(ended))
                        .orElse("");
        String why = run.failure().map(Failure::message).map(text -> " " + text).orElse("");
        String published = run.table()
                .filter(table -> !why.contains(table))
                .map(table -> " Its rows are in " + table + ", and stay there.")
                .orElse("");
        return new CancelFate(
                details,
                Kind.OVER,
                name(run) + " is " + run.state().label() + when + "; there is nothing to cancel." + published + why);
    }

    /** That of a run which goes on anew after it has ended. */
    static CancelFate resumed(RunDetails details) {
        return new CancelFate(
                details,
                Kind.OVER,
                name(details.run())
                        + " had ended, and somebody has resumed it since; that is not cancelled. Ask again if it"
                        + " should be.");
    }

    /** That of a run which is still under way. */
    static CancelFate waiting(RunDetails details, Duration waited) {
        return new CancelFate(
                details,
                Kind.WAITING,
                name(details.run()) + " has not ended within " + waited.toSeconds() + " s. "
                        + (details.cancellation().flatMap(Cancellation::seen).isPresent()
                                ? "It has seen the request, and ends when what it is doing ends, such as an upload."
                                : "It has not seen the request yet.")
                        + " The request stands; 'caravan show " + details.run().id() + "' tells what becomes of it.");
    }

    private static String name(KeptRun run) {
        return "Run " + run.id() + " of pipeline '" + run.pipeline() + "'";
    }
}
