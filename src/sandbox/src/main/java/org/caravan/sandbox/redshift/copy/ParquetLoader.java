package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Loads Parquet files, each by way of a copy on disk. Used by one thread. */
final class ParquetLoader implements FileLoader {
    private final CopyRun.Cluster cluster;
    private final BooleanSupplier cancelled;
    private final CopyTarget target;
    private final CopyOptions options;
    private final boolean serializeToJson;
    private final RowErrors errors;

    /** @param cluster the cluster with the statement's rights on S3 */
    ParquetLoader(
            CopyRun.Cluster cluster,
            CopyStatement statement,
            CopyTarget target,
            RowErrors errors,
            BooleanSupplier cancelled)
            throws CopyFailure.Thrown {
        this.cluster = cluster;
        this.cancelled = cancelled;
        this.target = target;
        this.options = statement.options();
        this.serializeToJson = ((DataFormat.Parquet) statement.format()).serializeToJson();
        this.errors = errors;
        if (!serializeToJson && target.columns().stream().anyMatch(SuperField::is)) {
            // field: https://github.com/felipenoris/serialize-db, plan/POC.md
            throw CopyFailure.of("SUPER column in COPY query requires SERIALIZETOJSON option", 8001, "")
                    .thrown();
        }
    }

    @Override
    public long load(S3Objects.Found file, RowBuffer rows, Sink sink) throws IOException, CopyFailure.Thrown {
        Path downloaded = Files.createTempFile(cluster.temporary(), "copy-", ".parquet");
        try {
            cluster.s3().download(file.file(), downloaded, cancelled);
            ParquetSource source = new ParquetSource(file.file(), cluster.s3().https(file.file()));
            decompress(source, downloaded);
            ParquetColumns columns =
                    new ParquetColumns(source, target.columns(), options.fillRecord(), serializeToJson);
            return new ParquetRows(source, columns, options.conversion(), errors).write(downloaded, rows, sink);
        } finally {
            Files.deleteIfExists(downloaded);
        }
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html: by the extension .gz, .snappy, .bz2. */
    private void decompress(ParquetSource source, Path file) throws IOException, CopyFailure.Thrown {
        String key = source.file().key();
        if (!key.endsWith(".gz") && !key.endsWith(".bz2") && !key.endsWith(".snappy")) {
            return;
        }
        if (key.endsWith(".snappy")) {
            throw CopyFailure.of("the stand-in does not support whole files compressed with snappy yet", 8001, key)
                    .thrown();
        }
        Path plain = Files.createTempFile(cluster.temporary(), "copy-", ".parquet");
        try (InputStream compressed = Files.newInputStream(file);
                InputStream in = key.endsWith(".gz")
                        ? new GZIPInputStream(compressed)
                        : new BZip2CompressorInputStream(compressed, true)) {
            Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
            Files.move(plain, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw source.failure(
                    ParquetSource.BAD_FILE, "File '" + source.https() + "' cannot be decompressed: " + e.getMessage());
        } finally {
            Files.deleteIfExists(plain);
        }
    }
}
