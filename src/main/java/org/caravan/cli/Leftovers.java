package org.caravan.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.caravan.ledger.Housekeeping;
import org.caravan.ledger.OwnedRun;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunState;
import org.caravan.redshift.StagingTables;
import org.caravan.schema.TableName;
import org.caravan.stage.StagedObjects;

/**
 * Sorts what is found by whose it is: what the ledger owns and retention allows to delete, what stays, and what the ledger does not
 * know. Used by one thread at a time.
 */
final class Leftovers {
    private final Retention retention;
    private final Instant now;
    private final Map<RunId, OwnedRun> runs =
            new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    private final Map<RunId, Set<String>> keys;
    private final Map<RunId, Share> due = new HashMap<>();
    private final Set<RunId> needed = new HashSet<>();
    private final List<String> unknownObjects = new ArrayList<>();
    private final List<String> unknownTables = new ArrayList<>();

    /** What of a run may be deleted. */
    static final class Share {
        private final OwnedRun run;
        private final List<StagedObjects.Found> files = new ArrayList<>();
        private final List<StagedObjects.Upload> uploads = new ArrayList<>();
        private final List<TableName> tables = new ArrayList<>();
        private boolean history;

        Share(OwnedRun run) {
            this.run = run;
        }

        OwnedRun run() {
            return run;
        }

        List<StagedObjects.Found> files() {
            return files;
        }

        List<StagedObjects.Upload> uploads() {
            return uploads;
        }

        List<TableName> tables() {
            return tables;
        }

        /** Whether the ledger may forget the run once the rest is deleted. */
        boolean history() {
            return history;
        }
    }

    Leftovers(Housekeeping ledger, Optional<String> pipeline, Retention retention, Instant now) {
        this.retention = retention;
        this.now = now;
        this.keys = ledger.keys(pipeline);
        ledger.runs(pipeline).forEach(run -> runs.put(run.id(), run));
    }

    private Optional<OwnedRun> owner(String pipeline, RunId run) {
        return Optional.ofNullable(runs.get(run))
                .filter(known -> known.pipeline().equals(pipeline));
    }

    private Share due(OwnedRun run) {
        return due.computeIfAbsent(run.id(), id -> new Share(run));
    }

    void add(StagedObjects.Found object) {
        Optional<OwnedRun> owner = object.place().flatMap(place -> owner(place.pipeline(), place.run()));
        if (owner.isEmpty()) {
            if (object.place().filter(StagedObjects.Place::isCertificate).isEmpty()) {
                unknownObjects.add(object.key());
            }
            return;
        }
        OwnedRun run = owner.get();
        boolean certificate = object.place().orElseThrow().isCertificate();
        if (!certificate && !isOf(run, object)) {
            unknownObjects.add(object.key());
        } else if (certificate ? retention.endsCertificate(run, now) : retention.endsFiles(run, now)) {
            due(run).files.add(object);
        } else if (!certificate || retention.certificates().isPresent()) {
            needed.add(run.id());
        }
    }

    private boolean isOf(OwnedRun run, StagedObjects.Found object) {
        return object.place().orElseThrow().isRunsOwn()
                || keys.getOrDefault(run.id(), Set.of()).contains(object.key());
    }

    /** An upload that no run goes on with is never ended: it is due as soon as its run is over. */
    void add(StagedObjects.Upload upload) {
        Optional<OwnedRun> owner = upload.place().flatMap(place -> owner(place.pipeline(), place.run()));
        if (owner.isEmpty()) {
            unknownObjects.add(upload.key() + " (an upload that was not ended)");
        } else if (owner.get().state() != RunState.RUNNING) {
            due(owner.get()).uploads.add(upload);
        }
    }

    /** @param pipeline whose tables only are looked at */
    void add(TableName table, Optional<String> pipeline) {
        Optional<StagingTables.Owner> named = StagingTables.owner(table);
        Optional<OwnedRun> owner = named.flatMap(name -> owner(name.pipeline(), name.run()));
        if (owner.isPresent()) {
            if (retention.endsTables(owner.get(), now)) {
                due(owner.get()).tables.add(table);
            } else {
                needed.add(owner.get().id());
            }
        } else if (!StagingTables.isLoadLedger(table)
                && (pipeline.isEmpty()
                        || named.map(StagingTables.Owner::pipeline).equals(pipeline))) {
            unknownTables.add(table.toString());
        }
    }

    /** What may be deleted, by run, the oldest first; the history of a run goes after all that it owns. */
    List<Share> due() {
        List<Share> shares = new ArrayList<>();
        for (OwnedRun run : runs.values()) {
            if (retention.endsHistory(run, now) && !needed.contains(run.id())) {
                due(run).history = true;
            }
            if (due.containsKey(run.id())) {
                shares.add(due.get(run.id()));
            }
        }
        return shares;
    }

    List<String> unknownObjects() {
        return List.copyOf(unknownObjects);
    }

    List<String> unknownTables() {
        return List.copyOf(unknownTables);
    }
}
