package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Loads Parquet files, each by way of a copy on disk. */
record ParquetLoader(CopyRun.Cluster cluster, CopyTarget target, BooleanSupplier cancelled) implements FileLoader {
    @Override
    public long load(S3Objects.Found file, RowBuffer rows, Sink sink) throws IOException, CopyFailure.Thrown {
        Path downloaded = Files.createTempFile(cluster.temporary(), "copy-", ".parquet");
        try {
            cluster.s3().download(file.file(), downloaded, cancelled);
            return new ParquetRows(file.file(), cluster.s3().https(file.file()), target.columns())
                    .write(downloaded, rows, sink::accept);
        } finally {
            Files.deleteIfExists(downloaded);
        }
    }
}
