package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * One execution of a COPY: reads the files from S3 and feeds their rows to PostgreSQL's COPY on the client's own session, so
 * that it sees temporary and uncommitted tables and is undone with the transaction.
 */
public final class CopyRun {
    /** What every COPY of the stand-in shares. */
    public record Cluster(S3Objects s3, IamRoles roles, LoadHistory history, Path temporary, String region) {
        /** S3 with the rights of a statement; the caller closes it. */
        public S3Objects open(Authorization authorization, String user) throws CopyFailure.Thrown {
            return roles.open(authorization, s3, region, user);
        }

        private Cluster reading(S3Objects by) {
            return new Cluster(by, roles, history, temporary, region);
        }
    }

    /**
     * How a COPY ended.
     *
     * @param rows how many were loaded; -1 if it failed
     * @param notices what the client is told
     */
    public record Outcome(long queryId, long rows, List<String> notices) {
        static Outcome failed(long queryId) {
            return new Outcome(queryId, -1, List.of());
        }
    }

    private final Cluster cluster;
    private final CopyStatement statement;
    private final Backend backend;
    private final BooleanSupplier cancelled;
    private final List<LoadHistory.LoadedFile> loaded = new ArrayList<>();
    private boolean copying;

    public CopyRun(Cluster cluster, CopyStatement statement, Backend backend, BooleanSupplier cancelled) {
        this.cluster = cluster;
        this.statement = statement;
        this.backend = backend;
        this.cancelled = cancelled;
    }

    /** Runs it; if it fails, the client has the error and PostgreSQL waits for Sync. */
    public Outcome run(long queryId, int session, String user, String database) throws IOException {
        Instant start = Instant.now();
        List<List<String>> catalogue = backend.query(TargetColumn.query(statement.table()));
        if (!backend.settle()) {
            return Outcome.failed(queryId);
        }
        LoadHistory.Load load = new LoadHistory.Load(
                queryId,
                session,
                user,
                database,
                statement.table().table(),
                catalogue.isEmpty() ? 0 : Long.parseLong(catalogue.get(0).get(6)),
                statement.from().toString(),
                statement.format().name(),
                start);
        RowErrors errors =
                new RowErrors(cluster.history(), load, statement.options().errors());
        try {
            return run(load, catalogue, errors);
        } catch (CopyFailure.Thrown e) {
            if (copying) {
                backend.failCopy(e.failure().error());
            } else {
                backend.refuse(e.failure().error());
            }
            return failed(load, e.failure(), errors);
        }
    }

    private Outcome run(LoadHistory.Load load, List<List<String>> catalogue, RowErrors errors)
            throws IOException, CopyFailure.Thrown {
        CopyTarget target = CopyTarget.of(catalogue, statement);
        try (S3Objects s3 = cluster.open(statement.authorization(), load.user())) {
            cluster.history().started(load);
            s3.checkRegion(statement.options().region(), statement.from());
            return run(load, target, errors, cluster.reading(s3));
        }
    }

    /** @param access the cluster with the statement's rights on S3 */
    private Outcome run(LoadHistory.Load load, CopyTarget target, RowErrors errors, Cluster access)
            throws IOException, CopyFailure.Thrown {
        List<S3Objects.Found> found = new CopyFiles(access, statement, cancelled).find();
        FileLoader loader = loader(access, target, errors);
        if (!statement.options().noLoad()) {
            if (!backend.startCopy(target.copyFromStdin())) {
                return failed(load, CopyFailure.of("PostgreSQL refused the COPY", 1200, ""), errors);
            }
            copying = true;
        }
        long rows = load(loader, found, errors);
        if (rows < 0 || copying && !backend.endCopy()) {
            LoadError refused =
                    new LoadError(statement.from().toString(), 0, "", "", "", "", 1200, "the database refused a row");
            SqlError error = SqlError.error(SqlError.INTERNAL, "the load failed in the database");
            return failed(load, new CopyFailure(error, Optional.of(refused)), errors);
        }
        errors.write();
        cluster.history().completed(load, loaded, errors.count());
        long kept = statement.options().noLoad() ? 0 : rows;
        return new Outcome(load.queryId(), kept, notices(kept, errors));
    }

    private Outcome failed(LoadHistory.Load load, CopyFailure failure, RowErrors errors) throws IOException {
        errors.write();
        cluster.history().failed(load, failure, errors.count());
        return Outcome.failed(load.queryId());
    }

    private FileLoader loader(Cluster access, CopyTarget target, RowErrors errors) throws CopyFailure.Thrown {
        DataFormat format = statement.format();
        if (format instanceof DataFormat.Parquet) {
            return new ParquetLoader(access, statement, target, errors, cancelled);
        }
        if (format instanceof DataFormat.Json) {
            return new JsonLoader(access.s3(), statement, target, errors);
        }
        if (format instanceof DataFormat.Avro) {
            return new AvroLoader(access.s3(), statement, target, errors);
        }
        return new TextLoader(access.s3(), statement, target, errors);
    }

    /** The texts are those of sample sessions in https://docs.aws.amazon.com/redshift/latest/dg/tutorial-loading-run-copy.html. */
    private List<String> notices(long rows, RowErrors errors) {
        String begin = "Load into table '" + statement.table().table() + "' completed, ";
        List<String> notices = new ArrayList<>();
        notices.add(begin + rows + " record(s) loaded successfully.");
        if (errors.count() > 0) {
            notices.add(begin + errors.count()
                    + " record(s) could not be loaded.  Check 'stl_load_errors' system table for details.");
        }
        if (errors.replaced() > 0) {
            notices.add(begin + errors.replaced()
                    + " record(s) were loaded with replacements made for ACCEPTINVCHARS."
                    + "  Check 'stl_replacements' system table for details.");
        }
        return notices;
    }

    /** The number of rows sent, or -1 if PostgreSQL failed meanwhile. */
    private long load(FileLoader loader, List<S3Objects.Found> files, RowErrors errors)
            throws IOException, CopyFailure.Thrown {
        RowBuffer buffer = new RowBuffer();
        buffer.header();
        long total = 0;
        for (S3Objects.Found found : files) {
            long rejectedBefore = errors.count();
            long written = loader.load(found, buffer, this::send);
            long lines = written + errors.count() - rejectedBefore;
            loaded.add(new LoadHistory.LoadedFile(found.file().toString(), written, lines, found.size()));
            total += written;
            if (!send(buffer)) {
                return -1;
            }
        }
        buffer.trailer();
        return send(buffer) ? total : -1;
    }

    private boolean send(RowBuffer buffer) throws IOException, CopyFailure.Thrown {
        if (cancelled.getAsBoolean()) {
            throw CopyFailure.cancelled().thrown();
        }
        boolean wanted = !copying || backend.copyData(buffer.array(), buffer.size());
        buffer.clear();
        return wanted;
    }
}
