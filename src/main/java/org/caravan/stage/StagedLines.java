package org.caravan.stage;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.caravan.ledger.LineFinder;
import org.caravan.ledger.StagedPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads lines of text parts back from the bucket. Thread-safe. */
record StagedLines(S3Client s3, String bucket) implements LineFinder {
    private static final Logger LOG = LoggerFactory.getLogger(StagedLines.class);

    StagedLines {
        requireNonNull(s3, "s3");
        requireNonNull(bucket, "bucket");
    }

    @Override
    public Optional<String> line(StagedPart part, long number) {
        String key = part.key();
        if (number < 1 || key.endsWith(".parquet") || key.endsWith(".avro")) {
            return Optional.empty();
        }
        try (InputStream object = s3.getObject(request -> request.bucket(bucket).key(key));
                InputStream plain = plain(key, new BufferedInputStream(object));
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return line(lines, number);
        } catch (IOException | SdkException e) {
            LOG.debug("Line {} of {} cannot be read back", number, key, e);
            return Optional.empty();
        }
    }

    private static Optional<String> line(BufferedReader lines, long number) throws IOException {
        for (long skipped = 1; skipped < number; skipped++) {
            if (lines.readLine() == null) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(lines.readLine());
    }

    private static InputStream plain(String key, InputStream object) throws CompressorException {
        if (key.endsWith(".gz")) {
            return decompressed(CompressorStreamFactory.GZIP, object);
        }
        if (key.endsWith(".bz2")) {
            return decompressed(CompressorStreamFactory.BZIP2, object);
        }
        return key.endsWith(".zst") ? decompressed(CompressorStreamFactory.ZSTANDARD, object) : object;
    }

    private static InputStream decompressed(String name, InputStream object) throws CompressorException {
        return new CompressorStreamFactory().createCompressorInputStream(name, object);
    }
}
