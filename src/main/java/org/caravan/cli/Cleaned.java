package org.caravan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.caravan.ledger.Failure;
import org.caravan.ledger.RunId;
import org.caravan.stage.StagedObjects;

/**
 * What was deleted, or would be; immutable.
 *
 * @param address the bucket and prefix that were looked into
 * @param shares what was deleted, by run
 * @param forgotten the runs whose history was deleted
 * @param unknownObjects keys below the prefix that the ledger does not know, and that were left alone
 * @param unknownTables tables of the staging schema, likewise
 */
record Cleaned(
        Cleaner.Mode mode,
        String address,
        List<Leftovers.Share> shares,
        List<RunId> forgotten,
        List<String> unknownObjects,
        List<String> unknownTables,
        List<Failure> problems) {
    private static final int MOST_UNKNOWN_SHOWN = 20;

    Cleaned {
        shares = List.copyOf(shares);
        forgotten = List.copyOf(forgotten);
        unknownObjects = List.copyOf(unknownObjects);
        unknownTables = List.copyOf(unknownTables);
        problems = List.copyOf(problems);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", mode == Cleaner.Mode.LIST);
        ArrayNode files = json.putArray("files");
        ArrayNode uploads = json.putArray("uploads");
        ArrayNode tables = json.putArray("tables");
        for (Leftovers.Share share : shares) {
            share.files()
                    .forEach(file -> of(files, share).put("key", file.key()).put("bytes", file.bytes()));
            share.uploads().forEach(upload -> of(uploads, share).put("key", upload.key()));
            share.tables().forEach(table -> of(tables, share).put("table", table.toString()));
        }
        ArrayNode history = json.putArray("history");
        forgotten.forEach(run -> history.add(run.value()));
        ObjectNode unknown = json.putObject("unknown");
        ArrayNode objects = unknown.putArray("objects");
        unknownObjects.forEach(objects::add);
        ArrayNode others = unknown.putArray("tables");
        unknownTables.forEach(others::add);
        ArrayNode failures = json.putArray("problems");
        problems.forEach(problem -> failures.addObject()
                .put("category", problem.category().label())
                .put("message", Masking.masked(problem.message())));
        return json;
    }

    private static ObjectNode of(ArrayNode list, Leftovers.Share share) {
        return list.addObject()
                .put("pipeline", share.run().pipeline())
                .put("run", share.run().id().value());
    }

    /** Whether there was anything to delete. */
    boolean isEmpty() {
        return shares.isEmpty() && forgotten.isEmpty();
    }

    /** One line of how much it was. */
    String summary() {
        long files = shares.stream().mapToLong(share -> share.files().size()).sum();
        long bytes = shares.stream()
                .flatMap(share -> share.files().stream())
                .mapToLong(StagedObjects.Found::bytes)
                .sum();
        long uploads =
                shares.stream().mapToLong(share -> share.uploads().size()).sum();
        long tables = shares.stream().mapToLong(share -> share.tables().size()).sum();
        return (mode == Cleaner.Mode.LIST ? "would delete " : "deleted ") + count(files, "file") + " ("
                + Summary.bytes(bytes) + "), " + count(uploads, "upload") + " not ended, "
                + count(tables, "staging table") + ", and the history of " + count(forgotten.size(), "run");
    }

    private static String count(long number, String what) {
        return Summary.count(number) + " " + what + (number == 1 ? "" : "s");
    }

    /** The lines for a terminal: what it was by run, what is unknown, and the sum. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Leftovers.Share share : shares) {
            String whose = share.run().pipeline() + " " + share.run().id() + " ("
                    + share.run().state().label() + "): ";
            if (!share.files().isEmpty()) {
                lines.add(whose + count(share.files().size(), "file") + " below " + address
                        + share.run().pipeline() + "/" + share.run().id() + "/");
            }
            share.uploads().forEach(upload -> lines.add(whose + "upload not ended of " + upload.key()));
            share.tables().forEach(table -> lines.add(whose + "staging table " + table));
            if (forgotten.contains(share.run().id())) {
                lines.add(whose + "history");
            }
        }
        unknown(lines, "object", unknownObjects);
        unknown(lines, "table", unknownTables);
        lines.add(summary() + ".");
        return lines;
    }

    private static void unknown(List<String> lines, String what, List<String> names) {
        names.stream()
                .limit(MOST_UNKNOWN_SHOWN)
                .forEach(name -> lines.add("left alone, unknown to this ledger: " + what + " " + name));
        if (names.size() > MOST_UNKNOWN_SHOWN) {
            lines.add("left alone, unknown to this ledger: " + (names.size() - MOST_UNKNOWN_SHOWN) + " more " + what
                    + "s (--json lists all)");
        }
    }
}
