package org.caravan.sandbox.redshift.transaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * What STL_TR_CONFLICT shows: lines of JSON below PostgreSQL's data directory, so that no rollback takes them away. Thread-safe.
 */
public final class ConflictLog {
    private final Path file;

    /** @param directory the one that {@code redshift.lines} reads; made if it is not there */
    public ConflictLog(Path directory) throws IOException {
        file = Files.createDirectories(directory).resolve("conflicts.jsonl");
    }

    synchronized void add(long transaction, int pid, long table) throws IOException {
        String line = "{\"xact_id\":" + transaction + ",\"process_id\":" + pid + ",\"table_id\":" + table
                + ",\"abort_time\":\"" + Instant.now() + "\"}\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
