package org.caravan.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the ledger keeps it.
 *
 * @param configuration the hash of the route, its query and the settings without those that are secret
 * @param query the hash of the query, once it was read
 * @param table the target table, once its rows are this run's
 * @param rows the row counts, as far as the run has come
 * @param parts how many parts were encoded
 * @param bytes how many bytes these are
 */
public record KeptRun(
        RunId id,
        String pipeline,
        RunState state,
        Instant started,
        Optional<Instant> ended,
        Origin origin,
        String configuration,
        Optional<String> query,
        long token,
        Optional<String> table,
        Optional<String> manifest,
        Optional<Failure> failure,
        Map<Point, Long> rows,
        int parts,
        long bytes) {}
