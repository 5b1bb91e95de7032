package org.caravan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravan.ledger.Evidence.Compared;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.StagedPart;

/** What a person reads of a run: one line. */
final class Summary {
    private static final long KILO = 1024;

    private Summary() {}

    static String of(Host.Result result) {
        Optional<Failure> failure = result.error();
        if (failure.isPresent()) {
            return failed(result.pipeline(), failure.get());
        }
        return result.run()
                .map(Summary::done)
                .orElse(result.pipeline() + " ended without a run; it has no caravan-query step");
    }

    static String failed(String pipeline, Failure failure) {
        return pipeline + " failed (" + failure.category().label() + "): " + failure.message();
    }

    static String done(Run run) {
        List<String> counts = new ArrayList<>();
        for (Point point : Point.values()) {
            OptionalLong count = run.rows(point);
            counts.add(point.label() + " " + (count.isPresent() ? count(count.getAsLong()) : "-"));
        }
        return run.pipeline() + " done: " + String.join(" = ", counts) + " rows; "
                + run.published().map(table -> "in " + table + "; ").orElse("not published; ")
                + run.parts().size() + (run.parts().size() == 1 ? " part, " : " parts, ")
                + bytes(run.parts().stream().mapToLong(StagedPart::bytes).sum()) + "; "
                + String.format(Locale.ROOT, "%.1f s", RunReport.time(run).toMillis() / 1000.0)
                + sampled(run) + alterations(run) + warnings(run) + "; run " + run.id();
    }

    /** That the digests are of a sample, if any was compared. */
    private static String sampled(Run run) {
        return run.proof().evidence().list().stream()
                .filter(comparison -> comparison.compared().contains(Compared.SAMPLE))
                .findFirst()
                .map(comparison -> "; digest sampled 1/" + comparison.sample())
                .orElse("");
    }

    /** What the route asked to change; empty if every value is the source's. */
    private static String alterations(Run run) {
        List<String> altered = new ArrayList<>();
        run.alterations()
                .forEach((column, rules) ->
                        rules.forEach((rule, values) -> altered.add(column + " (" + rule + ") " + count(values))));
        return altered.isEmpty() ? "" : "; changed as the route allows: " + String.join(", ", altered);
    }

    private static String warnings(Run run) {
        List<String> warnings = run.warnings().list().stream()
                .map(warning -> Masking.masked(warning.toString()))
                .toList();
        return switch (warnings.size()) {
            case 0 -> "";
            case 1 -> "; 1 warning: " + warnings.get(0);
            default -> "; " + warnings.size() + " warnings: " + String.join(", ", warnings);
        };
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bytes(long bytes) {
        if (bytes < KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f KB", bytes / (double) KILO);
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (KILO * KILO));
    }
}
