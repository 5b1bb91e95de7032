package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Finds the files of one COPY. */
final class CopyFiles {
    private final CopyRun.Cluster cluster;
    private final CopyStatement statement;
    private final BooleanSupplier cancelled;

    CopyFiles(CopyRun.Cluster cluster, CopyStatement statement, BooleanSupplier cancelled) {
        this.cluster = cluster;
        this.statement = statement;
        this.cancelled = cancelled;
    }

    /** In the order of their keys, or of the manifest. */
    List<S3Objects.Found> find() throws CopyFailure.Thrown {
        return statement.options().manifest() ? ofManifest() : ofPrefix();
    }

    private boolean isColumnar() {
        return statement.format() instanceof DataFormat.Parquet;
    }

    private List<S3Objects.Found> ofPrefix() throws CopyFailure.Thrown {
        List<S3Objects.Found> files = cluster.s3().list(statement.from()).stream()
                .filter(found -> !isColumnar() || !found.file().isHidden())
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

    private List<S3Objects.Found> ofManifest() throws CopyFailure.Thrown {
        Manifest manifest = Manifest.parse(cluster.s3().read(statement.from()), statement.from());
        List<S3Objects.Found> files = new ArrayList<>();
        for (Manifest.Entry entry : manifest.entries()) {
            if (cancelled.getAsBoolean()) {
                throw CopyFailure.cancelled().thrown();
            }
            if (entry.contentLength().isEmpty() && isColumnar()) {
                throw CopyFailure.of(
                                "Manifest entry without meta.content_length, which PARQUET requires",
                                8001,
                                entry.file() + " in " + statement.from())
                        .thrown();
            }
            OptionalLong size = cluster.s3().size(entry.file());
            if (size.isPresent()) {
                if (isColumnar()) {
                    checkLength(entry, size.getAsLong());
                }
                files.add(new S3Objects.Found(entry.file(), size.getAsLong()));
            } else if (entry.mandatory()) {
                throw missing(entry);
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

    /** Spectrum says "File not found": https://github.com/felipenoris/serialize-db, plan/POC.md. */
    private CopyFailure.Thrown missing(Manifest.Entry entry) {
        String service = "S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,CanRetry 1";
        if (isColumnar()) {
            String context = "File not found, File name: " + cluster.s3().https(entry.file()) + ", " + service;
            return CopyFailure.spectrum(15001, context, LoadError.ofFile(entry.file(), 15001, context))
                    .thrown();
        }
        return CopyFailure.of(
                        "Mandatory url is not present in manifest, or the file is missing: " + service,
                        8001,
                        entry.file() + " in " + statement.from())
                .thrown();
    }
}
