package org.caravan.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Housekeeping;
import org.caravan.ledger.RunId;
import org.caravan.redshift.StagingTables;
import org.caravan.redshift.Warehouse;
import org.caravan.schema.TableName;
import org.caravan.settings.RedshiftSettings;
import org.caravan.settings.Settings;
import org.caravan.settings.StagingSettings;
import org.caravan.stage.StagedObjects;

/**
 * Deletes what runs left behind: files, uploads that were not ended, staging tables, and last the ledger's history. Goes on after a
 * refusal with what is left; whatever it has not deleted the ledger still owns. Used by one thread at a time.
 */
final class Cleaner {
    private final Housekeeping ledger;
    private final StagedObjects objects;
    private final StagingTables tables;
    private final Duration lockWait;
    private final Retention retention;

    Cleaner(Housekeeping ledger, StagedObjects objects, StagingTables tables, Duration lockWait, Retention retention) {
        this.ledger = ledger;
        this.objects = objects;
        this.tables = tables;
        this.lockWait = lockWait;
        this.retention = retention;
    }

    /** A cleaner as the settings say; the connections stay the caller's. */
    static Cleaner of(Settings settings, Housekeeping ledger, Connections connections) {
        RedshiftSettings redshift = RedshiftSettings.of(settings);
        StagingSettings staging = StagingSettings.of(settings);
        Warehouse warehouse =
                new Warehouse(connections.dataSource("redshift", settings), "redshift", redshift.statementTimeout());
        return new Cleaner(
                ledger,
                new StagedObjects(connections.s3(settings), staging.bucket(), staging.prefix()),
                new StagingTables(warehouse, redshift.stagingSchema()),
                redshift.lockWait(),
                Retention.of(settings));
    }

    /** Whether anything is deleted. */
    enum Mode {
        DELETE,
        LIST
    }

    /** Deletes what may be deleted, or only lists it. */
    Cleaned clean(Optional<String> pipeline, Mode mode) {
        List<Failure> problems = new ArrayList<>();
        Leftovers leftovers = new Leftovers(ledger, pipeline, retention, Instant.now());
        boolean seen = attempt(problems, () -> {
            objects.list(pipeline, leftovers::add);
            objects.uploads(pipeline).forEach(leftovers::add);
        });
        seen &= attempt(problems, () -> tables.list().forEach(table -> leftovers.add(table, pipeline)));
        List<Leftovers.Share> due = leftovers.due();
        List<Leftovers.Share> shares = new ArrayList<>();
        List<RunId> forgotten = new ArrayList<>();
        for (Leftovers.Share share : due) {
            if (mode == Mode.LIST || ledger.claim(share.run().id())) {
                boolean gone = mode == Mode.LIST || delete(share, problems);
                if (gone) {
                    shares.add(share);
                }
                if (seen
                        && gone
                        && share.history()
                        && (mode == Mode.LIST || ledger.forget(share.run().id()))) {
                    forgotten.add(share.run().id());
                }
            }
        }
        return new Cleaned(
                mode,
                objects.address(),
                shares,
                forgotten,
                leftovers.unknownObjects(),
                leftovers.unknownTables(),
                problems);
    }

    /** The manifest goes first: while it is there, all its files are. */
    private boolean delete(Leftovers.Share share, List<Failure> problems) {
        List<String> keys = new ArrayList<>();
        for (StagedObjects.Found file : share.files()) {
            keys.add(file.place().orElseThrow().isRunsOwn() ? 0 : keys.size(), file.key());
        }
        boolean gone = attempt(problems, () -> objects.delete(keys));
        for (StagedObjects.Upload upload : share.uploads()) {
            gone &= attempt(problems, () -> objects.abort(upload));
        }
        for (TableName table : share.tables()) {
            gone &= attempt(problems, () -> tables.drop(table, lockWait));
        }
        return gone;
    }

    /** Does something; notes why it failed, once if others failed for the same reason. */
    private static boolean attempt(List<Failure> problems, Runnable work) {
        try {
            work.run();
            return true;
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            if (!problems.contains(failure)) {
                problems.add(failure);
            }
            return false;
        }
    }
}
