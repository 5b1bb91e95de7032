package org.caravan.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Point;
import org.caravan.ledger.Resumed;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunState;
import org.caravan.ledger.StagedPart;

/** What a person reads of runs that the ledger keeps. Times are UTC. */
final class KeptRunText {
    private static final String LINE = System.lineSeparator();

    private KeptRunText() {}

    /** One line a run. */
    static String table(List<KeptRun> runs) {
        if (runs.isEmpty()) {
            return "The ledger keeps no such run.";
        }
        int width = runs.stream().mapToInt(run -> run.pipeline().length()).max().orElse(0);
        String form = "%-24s  %-" + Math.max(width, "pipeline".length()) + "s  %-20s  %10s  %15s  %s";
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, form, "run", "pipeline", "started", "duration", "rows", "outcome"));
        for (KeptRun run : runs) {
            text.append(LINE)
                    .append(String.format(
                            Locale.ROOT,
                            form,
                            run.id(),
                            run.pipeline(),
                            seconds(run.started()),
                            duration(run),
                            count(run, Point.SOURCE),
                            outcome(run)));
        }
        return text.toString();
    }

    /** A run with its steps, counts, parts, digests and failure. */
    static String of(RunDetails details) {
        KeptRun run = details.run();
        Origin origin = run.origin();
        StringBuilder text = new StringBuilder();
        line(text, "run", run.id() + " of pipeline " + run.pipeline() + ": " + outcome(run));
        run.failure().ifPresent(failure -> line(text, "failure", failure.message()));
        line(
                text,
                "started",
                seconds(run.started()) + " by " + origin.startedBy().label() + ", on " + origin.host() + " (process "
                        + origin.pid() + ", user " + origin.user() + ")");
        run.ended().ifPresent(ended -> line(text, "ended", seconds(ended) + ", after " + duration(run)));
        details.resumptions().forEach(resumed -> line(text, "resumed", words(resumed)));
        details.cancellation()
                .ifPresent(request -> line(
                        text,
                        "cancellation",
                        "asked " + seconds(request.asked()) + " by " + request.by()
                                + request.seen()
                                        .map(seen -> ", seen " + seconds(seen))
                                        .orElse("")));
        run.table().ifPresent(table -> line(text, "published", table));
        run.manifest().ifPresent(manifest -> line(text, "manifest", manifest));
        line(text, "configuration", run.configuration());
        run.query().ifPresent(query -> line(text, "query", query));
        details.parameters()
                .forEach(parameter -> line(
                        text,
                        "parameter",
                        parameter.name() + " = " + parameter.value() + " (" + parameter.type() + ")"));
        line(text, "fencing token", Long.toString(run.token()));
        details.steps()
                .forEach((step, time) -> line(
                        text,
                        "step " + step.label(),
                        "began " + seconds(time.began()) + ", took " + shown(time.spent())));
        for (Point point : Point.values()) {
            line(text, "rows " + point.label(), count(run, point));
        }
        details.digests().forEach((point, digest) -> line(text, "digest " + point.label(), digest));
        details.proofs()
                .forEach(proof -> line(
                        text,
                        "compared",
                        proof.labels() + " of " + proof.table() + ", read in "
                                + proof.engine().label()));
        details.alterations()
                .forEach((column, rules) -> rules.forEach((rule, values) ->
                        line(text, "altered", Summary.count(values) + " values of column " + column + " by " + rule)));
        details.retries()
                .forEach(retried -> line(
                        text,
                        "tried again",
                        "step " + retried.step().label() + " after attempt " + retried.attempt() + ": "
                                + retried.fault() + ", waited " + shown(retried.waited())));
        details.warnings().forEach(warning -> line(text, "warning", warning.toString()));
        line(text, "parts", run.parts() + ", " + Summary.bytes(run.bytes()));
        for (StagedPart part : details.parts()) {
            line(
                    text,
                    "part " + part.number(),
                    part.key() + ", " + Summary.count(part.rows()) + " rows, " + Summary.bytes(part.bytes())
                            + String.format(Locale.ROOT, ", CRC-32 %08x", part.crc32()));
        }
        return text.toString().stripTrailing();
    }

    private static String words(Resumed resumed) {
        String when = seconds(resumed.at()) + " by " + resumed.startedBy().label() + ", " + resumed.by();
        return resumed.anew()
                .map(why -> when + ", in the place of run " + resumed.interrupted() + " of " + resumed.before()
                        + ", which did not go on: " + why)
                .orElseGet(() -> when + "; before, " + resumed.before() + " had it");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-18s  ", name)).append(value).append(LINE);
    }

    private static String outcome(KeptRun run) {
        return run.state().label()
                + run.failure()
                        .filter(failure -> run.state() == RunState.FAILED)
                        .map(failure -> " (" + failure.category().label() + ")")
                        .orElse("");
    }

    private static String count(KeptRun run, Point point) {
        return Optional.ofNullable(run.rows().get(point)).map(Summary::count).orElse("-");
    }

    /** How long a run took; of one under way, how long by now; unknown of one of whose end nobody has told. */
    static Optional<Duration> time(KeptRun run) {
        return run.ended()
                .or(() -> run.state() == RunState.RUNNING ? Optional.of(Instant.now()) : Optional.empty())
                .map(end -> Duration.between(run.started(), end));
    }

    private static String duration(KeptRun run) {
        return time(run).map(KeptRunText::shown).orElse("-");
    }

    static String shown(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
