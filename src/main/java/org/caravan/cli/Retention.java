package org.caravan.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.RunState;
import org.caravan.settings.Settings;

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
    static Retention of(Settings settings) {
        return new Retention(
                settings.time("clean.keep-files"),
                settings.time("clean.keep-failed"),
                settings.time("clean.keep-tables"),
                settings.time("clean.keep-history"),
                settings.time("clean.keep-certificates"));
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
