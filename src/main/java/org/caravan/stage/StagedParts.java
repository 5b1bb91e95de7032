package org.caravan.stage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.StoredObject;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whether a run's parts lie in the bucket as they were encoded; stateless. */
public final class StagedParts {
    private StagedParts() {}

    /**
     * What of a run's parts is not as it was encoded, by size and checksum; empty if all are.
     *
     * @param manifest the address of the run's manifest, which lies beside its parts
     */
    public static List<String> problems(S3Client s3, String manifest, List<StagedPart> parts) {
        String path = manifest.replaceFirst("^s3://", "");
        int slash = path.indexOf('/');
        String folder = path.substring(slash + 1, path.lastIndexOf('/'));
        return problems(s3, path.substring(0, slash), new Keys(folder), parts, (key, object) -> {});
    }

    /** @param found is told what the bucket keeps of each part */
    static List<String> problems(
            S3Client s3, String bucket, Keys keys, List<StagedPart> parts, BiConsumer<String, StoredObject> found) {
        Map<String, Long> sizes = new HashMap<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(keys.folder() + "/"))
                .contents()
                .forEach((S3Object object) -> sizes.put(object.key(), object.size()));
        List<String> problems = new ArrayList<>();
        for (StagedPart part : parts) {
            Long size = sizes.remove(part.key());
            if (size == null) {
                problems.add(part.key() + " is missing");
            } else if (size != part.bytes()) {
                problems.add(part.key() + " has " + size + " bytes instead of " + part.bytes());
            } else {
                differentChecksum(s3, bucket, part, found).ifPresent(problems::add);
            }
        }
        // Those of a run that goes on lie there already.
        sizes.remove(keys.manifest());
        sizes.remove(keys.jsonPaths());
        sizes.remove(keys.certificate());
        sizes.keySet().forEach(key -> problems.add(key + " is not of this run"));
        return problems;
    }

    /**
     * What is wrong with the part's checksum. S3 keeps the one that it has checked on arrival, unless a client sent none or one of
     * another kind; that of a multipart upload is of its pieces' checksums.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object
     *     integrity</a>
     */
    private static Optional<String> differentChecksum(
            S3Client s3, String bucket, StagedPart part, BiConsumer<String, StoredObject> stored) {
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket).key(part.key()).checksumMode(ChecksumMode.ENABLED));
        String found = head.checksumCRC32();
        boolean whole = found != null && head.checksumType() != ChecksumType.COMPOSITE && !found.contains("-");
        stored.accept(
                part.key(),
                new StoredObject(Optional.ofNullable(head.eTag()), Optional.ofNullable(head.versionId()), whole));
        if (!whole) {
            return Optional.empty();
        }
        String expected = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) part.crc32())
                        .array());
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of(part.key() + " has the CRC-32 " + found + " instead of " + expected + " (base64)");
    }
}
