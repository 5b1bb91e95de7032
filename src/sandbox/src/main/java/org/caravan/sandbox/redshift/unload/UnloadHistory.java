package org.caravan.sandbox.redshift.unload;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravan.sandbox.redshift.copy.LoadHistory;

/** What SYS_UNLOAD_HISTORY and STL_UNLOAD_LOG show of one UNLOAD; like the tables of COPY, it outlives a rollback. */
final class UnloadHistory {
    private final LoadHistory history;
    private final UnloadStatement statement;
    private final Map<String, Object> identity = new LinkedHashMap<>();

    UnloadHistory(LoadHistory history, UnloadStatement statement, UnloadRun.Asker asker) {
        this.history = history;
        this.statement = statement;
        identity.put("query_id", asker.queryId());
        identity.put("session_id", asker.session());
        identity.put("user_name", asker.user());
        identity.put("database_name", asker.database());
        identity.put("start_time", Instant.now().toString());
    }

    void started() throws IOException {
        status("running", List.of(), "");
    }

    void failed(List<OutputFiles.Written> files, String error) throws IOException {
        status("aborted", files, error);
    }

    void completed(List<OutputFiles.Written> files) throws IOException {
        status("completed", files, "");
        for (OutputFiles.Written file : files) {
            Map<String, Object> line = new LinkedHashMap<>(identity);
            line.put("path", file.file().toString());
            line.put("slice", file.slice());
            line.put("start_time", file.start().toString());
            line.put("end_time", file.end().toString());
            line.put("line_count", file.rows());
            line.put("transfer_size", file.bytes());
            line.put("file_format", statement.format().title());
            history.append("unload_files.jsonl", line);
        }
    }

    private void status(String status, List<OutputFiles.Written> files, String error) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>(identity);
        line.put("status", status);
        line.put("end_time", Instant.now().toString());
        line.put("file_format", statement.format().title());
        line.put("compression_type", statement.compression().name().toLowerCase(Locale.ROOT));
        line.put("unloaded_location", statement.to().toString());
        line.put("rows", files.stream().mapToLong(OutputFiles.Written::rows).sum());
        line.put("files", files.size());
        line.put("bytes", files.stream().mapToLong(OutputFiles.Written::bytes).sum());
        line.put("error_message", error);
        history.append("unloads.jsonl", line);
    }
}
