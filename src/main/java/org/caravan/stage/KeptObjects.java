package org.caravan.stage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of a bucket as they are now; changes nothing. Thread-safe; the client stays the caller's. */
public final class KeptObjects {
    private static final int NOT_FOUND = 404;

    private final S3Client s3;
    private final String bucket;

    public KeptObjects(S3Client s3, String bucket) {
        this.s3 = requireNonNull(s3, "s3");
        this.bucket = requireNonNull(bucket, "bucket");
    }

    /**
     * An object; immutable.
     *
     * @param version in a bucket that keeps versions
     * @param crc32 of the whole object in eight hexadecimal digits, if the bucket keeps that
     */
    public record Kept(long bytes, String etag, Optional<String> version, Optional<String> crc32) {}

    /**
     * Asks for an object, and reads none of its bytes.
     *
     * @return empty if it is not there
     * @throws CaravanException if Amazon S3 refuses
     */
    public Optional<Kept> find(String key) {
        return found(() -> {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED));
            return new Kept(
                    head.contentLength(),
                    Optional.ofNullable(head.eTag()).orElse("none"),
                    Optional.ofNullable(head.versionId()),
                    crc(head));
        });
    }

    /** Of a multipart upload it may be one of its pieces' checksums. */
    private static Optional<String> crc(HeadObjectResponse head) {
        String crc = head.checksumCRC32();
        return crc == null || head.checksumType() == ChecksumType.COMPOSITE || crc.contains("-")
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(crc)));
    }

    /**
     * Reads an object from its beginning to its end.
     *
     * @return its CRC-32 in eight hexadecimal digits; empty if it is not there
     * @throws CaravanException if it cannot be read
     */
    public Optional<String> crc32(String key) {
        return found(() -> {
            try (ResponseInputStream<GetObjectResponse> object =
                    s3.getObject(request -> request.bucket(bucket).key(key))) {
                CRC32 crc = new CRC32();
                new CheckedInputStream(object, crc).transferTo(OutputStream.nullOutputStream());
                return String.format(Locale.ROOT, "%08x", crc.getValue());
            } catch (IOException e) {
                throw new CaravanException(
                        Category.STAGE, "s3://" + bucket + "/" + key + " cannot be read: " + e.getMessage() + ".", e);
            }
        });
    }

    /**
     * Reads a small object as text.
     *
     * @return empty if it is not there
     * @throws CaravanException if Amazon S3 refuses
     */
    public Optional<String> text(String key) {
        return found(() ->
                s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String());
    }

    private <T> Optional<T> found(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (CaravanException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e instanceof S3Exception refused
                    && refused.statusCode() == NOT_FOUND
                    && !(e instanceof NoSuchBucketException)) {
                return Optional.empty();
            }
            throw StagedObjects.refusal(bucket, "s3:GetObject", e);
        }
    }
}
