package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.transaction.ConflictLog;
import org.caravan.sandbox.redshift.transaction.Serialization;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * One execution of a COPY: reads the files from S3 and feeds their rows to PostgreSQL's COPY on the client's own session, so
 * that it sees temporary and uncommitted tables and is undone with the transaction.
 */
public final class CopyRun {
    /** What every COPY of the stand-in shares. */
    public record Cluster(
            S3Objects s3,
            List<String> roles,
            LoadHistory history,
            Path temporary,
            String region,
            Serialization serialization,
            ConflictLog conflicts) {}

    /** How a COPY ended; -1 rows if it failed. */
    public record Outcome(long queryId, long rows) {}

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
        LoadHistory.Load load = new LoadHistory.Load(
                queryId,
                session,
                user,
                database,
                statement.table().table(),
                statement.from().toString(),
                Instant.now());
        List<List<String>> catalogue = backend.query(TargetColumn.query(statement.table()));
        if (!backend.settle()) {
            return new Outcome(queryId, -1);
        }
        try {
            List<TargetColumn> columns = columns(catalogue);
            authorize(user);
            cluster.history().started(load);
            List<S3Objects.Found> files = files();
            if (!backend.startCopy("copy " + statement.table().sql() + " ("
                    + String.join(
                            ", ",
                            columns.stream()
                                    .map(column -> Token.quote(column.name()))
                                    .toList()) + ") from stdin (format binary)")) {
                return failed(load, CopyFailure.of("PostgreSQL refused the COPY", 1200, ""));
            }
            copying = true;
            long rows = load(columns, files);
            if (rows < 0 || !backend.endCopy()) {
                return failed(
                        load,
                        new CopyFailure(
                                SqlError.error(SqlError.INTERNAL, "the load failed in the database"),
                                java.util.Optional.of(new LoadError(
                                        statement.from().toString(),
                                        0,
                                        "",
                                        "",
                                        "",
                                        "",
                                        1200,
                                        "the database refused a row"))));
            }
            cluster.history().completed(load, loaded);
            return new Outcome(queryId, rows);
        } catch (CopyFailure.Thrown e) {
            if (copying) {
                backend.failCopy(e.failure().error());
            } else {
                backend.refuse(e.failure().error());
            }
            return failed(load, e.failure());
        }
    }

    private Outcome failed(LoadHistory.Load load, CopyFailure failure) throws IOException {
        cluster.history().failed(load, failure);
        return new Outcome(load.queryId(), -1);
    }

    private List<TargetColumn> columns(List<List<String>> catalogue) throws CopyFailure.Thrown {
        if (catalogue.isEmpty()) {
            throw sql(
                    "42P01",
                    "Cannot COPY into nonexistent table " + statement.table().table());
        }
        if (!catalogue.get(0).get(5).equals("r")) {
            throw sql("42809", "cannot COPY into \"" + statement.table().table() + "\": it is not a table");
        }
        List<TargetColumn> all = new ArrayList<>();
        List<String> generated = new ArrayList<>();
        for (List<String> row : catalogue) {
            all.add(TargetColumn.of(row));
            if (row.get(4).equals("a")) {
                generated.add(row.get(0));
            }
        }
        if (statement.columns().isEmpty()) {
            return all.stream()
                    .filter(column -> !generated.contains(column.name()))
                    .toList();
        }
        List<TargetColumn> named = new ArrayList<>();
        for (String name : statement.columns()) {
            TargetColumn column = all.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (column == null) {
                throw sql(
                        "42703",
                        "column \"" + name + "\" of relation \""
                                + statement.table().table() + "\" does not exist");
            }
            if (named.contains(column)) {
                throw sql("42701", "column \"" + name + "\" specified more than once");
            }
            if (generated.contains(name)) {
                throw sql(SqlError.NOT_SUPPORTED, "cannot load identity column \"" + name + "\" without EXPLICIT_IDS");
            }
            named.add(column);
        }
        return named;
    }

    private static CopyFailure.Thrown sql(String state, String message) {
        return new CopyFailure(SqlError.error(state, message), java.util.Optional.empty()).thrown();
    }

    /** The message is that of field reports of missing trust. */
    private void authorize(String user) throws CopyFailure.Thrown {
        for (String role : statement.roles()) {
            if (!cluster.roles().contains(role)) {
                String account = role.replaceAll(".*::(\\d{12}):.*", "$1");
                throw CopyFailure.of(
                                "User arn:aws:redshift:" + cluster.region() + ":" + account + ":dbuser:caravan-sandbox/"
                                        + user + " is not authorized to assume IAM Role " + role,
                                8001,
                                "IAM Role=" + role)
                        .thrown();
            }
        }
    }

    private List<S3Objects.Found> files() throws CopyFailure.Thrown {
        return statement.manifest() ? manifestFiles() : prefixFiles();
    }

    private List<S3Objects.Found> prefixFiles() throws CopyFailure.Thrown {
        List<S3Objects.Found> files = cluster.s3().list(statement.from()).stream()
                .filter(found -> !found.file().isHidden())
                .toList();
        if (files.isEmpty()) {
            throw CopyFailure.of(
                            "The specified S3 prefix '" + statement.from().key() + "' does not exist",
                            8001,
                            statement.from().toString())
                    .thrown();
        }
        return files;
    }

    private List<S3Objects.Found> manifestFiles() throws CopyFailure.Thrown {
        Manifest manifest = Manifest.parse(cluster.s3().read(statement.from()), statement.from());
        List<S3Objects.Found> files = new ArrayList<>();
        for (Manifest.Entry entry : manifest.entries()) {
            if (cancelled.getAsBoolean()) {
                throw CopyFailure.cancelled().thrown();
            }
            if (entry.contentLength().isEmpty()) {
                throw CopyFailure.of(
                                "Manifest entry without meta.content_length, which PARQUET requires",
                                8001,
                                entry.file() + " in " + statement.from())
                        .thrown();
            }
            OptionalLong size = cluster.s3().size(entry.file());
            if (size.isPresent()) {
                checkLength(entry, size.getAsLong());
                files.add(new S3Objects.Found(entry.file(), size.getAsLong()));
            } else if (entry.mandatory()) {
                throw CopyFailure.of(
                                "Mandatory url is not present in manifest, or the file is missing: S3ServiceException:The specified key"
                                        + " does not exist.,Status 404,Error NoSuchKey,CanRetry 1",
                                8001,
                                entry.file() + " in " + statement.from())
                        .thrown();
            }
        }
        if (files.isEmpty()) {
            throw CopyFailure.of(
                            "No file of the manifest exists",
                            8001,
                            statement.from().toString())
                    .thrown();
        }
        return files;
    }

    private void checkLength(Manifest.Entry entry, long size) throws CopyFailure.Thrown {
        long declared = entry.contentLength().orElseThrow();
        if (declared != size) {
            String context = "Manifest content_length: " + declared + ", actual size: " + size + ", File name: "
                    + cluster.s3().https(entry.file());
            throw CopyFailure.spectrum(15001, context, LoadError.ofFile(entry.file(), 15001, context))
                    .thrown();
        }
    }

    /** The number of rows sent, or -1 if PostgreSQL failed meanwhile. */
    private long load(List<TargetColumn> columns, List<S3Objects.Found> files) throws IOException, CopyFailure.Thrown {
        RowBuffer buffer = new RowBuffer();
        buffer.header();
        long total = 0;
        for (S3Objects.Found found : files) {
            Path downloaded = Files.createTempFile(cluster.temporary(), "copy-", ".parquet");
            try {
                cluster.s3().download(found.file(), downloaded, cancelled);
                ParquetRows rows = new ParquetRows(found.file(), cluster.s3().https(found.file()), columns);
                long written = rows.write(downloaded, buffer, this::send);
                loaded.add(new LoadHistory.LoadedFile(found.file().toString(), written, found.size()));
                total += written;
            } finally {
                Files.deleteIfExists(downloaded);
            }
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
        boolean wanted = backend.copyData(buffer.array(), buffer.size());
        buffer.clear();
        return wanted;
    }
}
