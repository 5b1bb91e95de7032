package org.caravan.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.RunState;

/**
 * How long what runs leave behind is kept, from the settings {@code clean.*}; an empty time is for ever. Immutable.
 *
 * @param files of runs that are done
 * @param failed files of runs that failed or were interrupted, which a resumed run needs
 */
record Retention(
        Optional<Duration> files,
        Optional<Duration> failed,
        Optional<Duration> tables,
        Optional<Duration> history,
        Optional<Duration> certificates) {
    private static final String FOR_EVER = "forever";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,5})([smhd])");

    static Retention of(Settings settings) {
        List<String> problems = new ArrayList<>();
        Retention retention = new Retention(
                time(settings, "clean.keep-files", problems),
                time(settings, "clean.keep-failed", problems),
                time(settings, "clean.keep-tables", problems),
                time(settings, "clean.keep-history", problems),
                time(settings, "clean.keep-certificates", problems));
        if (!problems.isEmpty()) {
            throw new CaravanException(Category.CONFIG, String.join(" ", problems));
        }
        return retention;
    }

    private static Optional<Duration> time(Settings settings, String key, List<String> problems) {
        String text = settings.find(key).orElse(FOR_EVER);
        Matcher time = TIME.matcher(text);
        if (time.matches()) {
            return Optional.of(Duration.parse(
                    time.group(2).equals("d")
                            ? "P" + text.toUpperCase(Locale.ROOT)
                            : "PT" + text.toUpperCase(Locale.ROOT)));
        }
        if (!text.equals(FOR_EVER)) {
            problems.add(
                    key + " must be a time such as 7d, 12h, 30m or 0s, or '" + FOR_EVER + "'; it is '" + text + "'.");
        }
        return Optional.empty();
    }

    /** Whether the files of a run may be deleted. Those of a run that only delivered files are its product. */
    boolean endsFiles(OwnedRun run, Instant now) {
        if (run.state() == RunState.RUNNING || run.standing()) {
            return false;
        }
        if (run.state() == RunState.DONE) {
            return run.table().isPresent() && isPast(run, files, now);
        }
        return isPast(run, failed, now);
    }

    /** Whether the staging tables of a run may be dropped. */
    boolean endsTables(OwnedRun run, Instant now) {
        return run.state() != RunState.RUNNING && isPast(run, tables, now);
    }

    /** Whether a run may be forgotten. */
    boolean endsHistory(OwnedRun run, Instant now) {
        return run.state() != RunState.RUNNING && !run.standing() && isPast(run, history, now);
    }

    /** Whether the certificate of a run may be deleted. */
    boolean endsCertificate(OwnedRun run, Instant now) {
        return run.state() != RunState.RUNNING && !run.standing() && isPast(run, certificates, now);
    }

    private static boolean isPast(OwnedRun run, Optional<Duration> kept, Instant now) {
        return kept.filter(time -> !now.isBefore(run.over().plus(time))).isPresent();
    }
}
