package org.caravan.sandbox.redshift.copy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of one file, decompressed and in UTF-8; fails in Redshift's words. The caller closes it.
 *
 * <p>Every failure to read comes as a {@link CopyFailure.Thrown}, so that it is not taken for one of the database's connection.
 */
final class FileInput implements AutoCloseable {
    private final S3Location file;
    private final InputStream object;
    private final InputStream in;

    private FileInput(S3Location file, InputStream object, InputStream in) {
        this.file = file;
        this.object = object;
        this.in = in;
    }

    static FileInput open(S3Objects s3, S3Location file, CopyOptions options) throws CopyFailure.Thrown {
        InputStream object = s3.open(file);
        try {
            InputStream plain = decompressed(object, options.compression());
            return new FileInput(
                    file,
                    object,
                    options.encoding() == CopyOptions.Encoding.UTF8
                            ? plain
                            : new Utf16Input(plain, options.encoding()));
        } catch (IOException | SdkException e) {
            closed(object);
            throw failure(file, e);
        }
    }

    private static InputStream decompressed(InputStream object, CopyOptions.Compression compression)
            throws IOException {
        return switch (compression) {
            case NONE -> object;
            case GZIP -> new GZIPInputStream(object, 1 << 16);
            case BZIP2 -> new BZip2CompressorInputStream(new BufferedInputStream(object, 1 << 16), true);
            case ZSTD -> new ZstdInputStream(new BufferedInputStream(object, 1 << 16));
        };
    }

    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] bytes, int from, int length) throws CopyFailure.Thrown {
        try {
            return in.read(bytes, from, length);
        } catch (IOException | SdkException e) {
            throw failure(file, e);
        }
    }

    /** The same bytes for a library; what it throws goes through {@link #failure}. */
    InputStream stream() {
        return in;
    }

    static CopyFailure.Thrown failure(S3Location file, Exception e) {
        if (e instanceof SdkException sdk) {
            return S3Failures.failure(sdk, file);
        }
        if (e instanceof CharacterCodingException) {
            String reason = "File encoding differs from the ENCODING of the COPY: " + e.getMessage();
            return new CopyFailure(
                            CopyFailure.internal(reason, BadValue.ENCODING, file.toString()),
                            java.util.Optional.of(LoadError.ofFile(file, BadValue.ENCODING, reason)))
                    .thrown();
        }
        // field: "failed to inflateinvalid or incomplete deflate data. zlib error code: -3", code 9001
        return CopyFailure.of(
                        "failed to inflate" + e.getMessage()
                                + ": invalid or incomplete compressed data. zlib error code: -3",
                        9001,
                        file.toString())
                .thrown();
    }

    @Override
    public void close() {
        closed(object);
    }

    private static void closed(InputStream object) {
        try {
            object.close();
        } catch (IOException | SdkException e) {
            // Everything that is wanted has been read.
        }
    }
}
