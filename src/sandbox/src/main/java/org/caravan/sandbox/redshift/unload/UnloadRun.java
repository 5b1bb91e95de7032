package org.caravan.sandbox.redshift.unload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.caravan.sandbox.redshift.copy.CopyFailure;
import org.caravan.sandbox.redshift.copy.CopyRun;
import org.caravan.sandbox.redshift.copy.S3Location;
import org.caravan.sandbox.redshift.copy.S3Objects;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.HiddenQuery;
import org.caravan.sandbox.redshift.wire.SqlError;

/** One execution of an UNLOAD, on the client's own session: it sees temporary and uncommitted tables. */
public final class UnloadRun {
    /** Who unloads. */
    public record Asker(long queryId, int session, String user, String database) {}

    private final CopyRun.Cluster cluster;
    private final UnloadStatement statement;
    private final String sql;
    private final Backend backend;
    private final BooleanSupplier cancelled;

    /** @param sql the statement's query in PostgreSQL's words */
    public UnloadRun(
            CopyRun.Cluster cluster,
            UnloadStatement statement,
            String sql,
            Backend backend,
            BooleanSupplier cancelled) {
        this.cluster = cluster;
        this.statement = statement;
        this.sql = sql;
        this.backend = backend;
        this.cancelled = cancelled;
    }

    /**
     * How an UNLOAD ended.
     *
     * @param begun false if the query itself was refused
     * @param rows how many were unloaded; empty if it failed
     */
    public record Outcome(boolean begun, Optional<Long> rows) {}

    /**
     * Runs it; if it fails, the client has the error and PostgreSQL waits for Sync. Files that were written before a failure
     * stay, as they do on the real service.
     */
    public Outcome run(Asker asker) throws IOException {
        Optional<HiddenQuery> query = HiddenQuery.prepare(backend, sql);
        return query.isEmpty() ? new Outcome(false, Optional.empty()) : new Outcome(true, run(asker, query.get()));
    }

    private Optional<Long> run(Asker asker, HiddenQuery query) throws IOException {
        UnloadHistory history = new UnloadHistory(cluster.history(), statement, asker);
        List<ResultColumn> columns =
                query.columns().stream().map(ResultColumn::of).toList();
        history.started();
        try (S3Objects s3 = cluster.open(statement.authorization(), asker.user())) {
            List<Integer> kept = UnloadColumns.kept(statement, columns);
            Optional<HiddenQuery> rows = partitioned(query);
            if (rows.isEmpty()) {
                history.failed(List.of(), "the query failed");
                return Optional.empty();
            }
            try (OutputFiles files = new OutputFiles(statement, columns, kept, s3, cluster.temporary())) {
                return unload(rows.get(), columns, files, s3, history);
            }
        } catch (UnloadFailure | CopyFailure.Thrown e) {
            return failed(history, List.of(), e);
        }
    }

    private Optional<HiddenQuery> partitioned(HiddenQuery query) throws IOException {
        List<String> keys = statement.layout().partitionBy();
        if (keys.isEmpty()) {
            return Optional.of(query);
        }
        return query.discard() ? HiddenQuery.prepare(backend, UnloadColumns.partitioned(sql, keys)) : Optional.empty();
    }

    private Optional<Long> unload(
            HiddenQuery query, List<ResultColumn> columns, OutputFiles files, S3Objects s3, UnloadHistory history)
            throws IOException {
        PartitionFolder folder = new PartitionFolder(statement.layout().partitionBy(), columns.size());
        long[] rows = new long[1];
        try {
            s3.checkRegion(statement.region(), statement.to());
            clear(files, s3);
            boolean done = query.run(statement.format() instanceof UnloadFormat.Parquet, row -> {
                if (cancelled.getAsBoolean()) {
                    throw CopyFailure.cancelled().thrown();
                }
                files.enter(folder.of(row));
                files.write(row);
                rows[0]++;
            });
            if (!done) {
                history.failed(files.written(), "the query failed");
                return Optional.empty();
            }
            finish(columns, files, s3);
        } catch (CopyFailure.Thrown | UnloadFailure e) {
            return failed(history, files.written(), e);
        } catch (HiddenQuery.RowRefused e) {
            return failed(history, files.written(), e.getCause());
        }
        history.completed(files.written());
        return Optional.of(rows[0]);
    }

    private void finish(List<ResultColumn> columns, OutputFiles files, S3Objects s3)
            throws CopyFailure.Thrown, UnloadFailure {
        try {
            files.finish();
            manifest(columns, files, s3);
        } catch (IOException e) {
            throw UnloadFailure.refused("UNLOAD cannot write on the stand-in's disk: " + e.getMessage());
        }
    }

    private Optional<Long> failed(UnloadHistory history, List<OutputFiles.Written> files, Throwable cause)
            throws IOException {
        SqlError error = UnloadColumns.error(cause);
        backend.refuse(error);
        history.failed(files, error.message());
        return Optional.empty();
    }

    /** Looks for files below the whole prefix, as the real service was seen to do (serialize-db, plan/POC.md). */
    private void clear(OutputFiles files, S3Objects s3) throws CopyFailure.Thrown {
        List<S3Objects.Found> found = s3.list(new S3Location(statement.to().bucket(), files.prefix()));
        switch (statement.existing()) {
            case OVERWRITTEN -> {
                // The new files take the place of those with the same names.
            }
            case REFUSED -> {
                if (!found.isEmpty()) {
                    throw CopyFailure.of(
                                    "Specified unload destination on S3 is not empty. Consider using a different bucket / prefix,"
                                            + " manually removing the target files in S3, or using the ALLOWOVERWRITE option.",
                                    8001,
                                    found.get(0).file().toString())
                            .thrown();
                }
            }
            case REMOVED -> {
                // With PARTITION BY only the folders that get new files are emptied: r_UNLOAD.html, CLEANPATH.
                if (statement.layout().partitionBy().isEmpty()) {
                    for (S3Objects.Found file : found) {
                        s3.delete(file.file());
                    }
                }
            }
        }
    }

    private void manifest(List<ResultColumn> columns, OutputFiles files, S3Objects s3)
            throws IOException, CopyFailure.Thrown {
        if (statement.manifest() == UnloadStatement.Manifest.NONE) {
            return;
        }
        boolean header = statement.format() instanceof UnloadFormat.Csv csv && csv.header()
                || statement.format() instanceof UnloadFormat.Delimited delimited && delimited.header();
        Path file = Files.createTempFile(cluster.temporary(), "unload-", ".manifest");
        try {
            Files.write(file, UnloadManifest.json(statement, columns, files.written(), header ? 1 : 0));
            s3.upload(file, new S3Location(statement.to().bucket(), files.prefix() + "manifest"), statement.kmsKey());
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
