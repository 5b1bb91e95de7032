package org.caravan.stage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Finds out whether a bucket takes, gives back and deletes an object; leaves nothing behind. Stateless. */
final class BucketProbe {
    private static final byte[] TEXT = "caravan check\n".getBytes(StandardCharsets.UTF_8);

    private BucketProbe() {}

    /** Throws a {@link CaravanException} that names the right which is missing. */
    static void tryOut(S3Client s3, String bucket, String key) {
        step(bucket, "s3:ListBucket", () -> s3.headBucket(request -> request.bucket(bucket)));
        step(
                bucket,
                "s3:PutObject",
                () -> s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(TEXT)));
        try {
            step(bucket, "s3:GetObject", () -> {
                byte[] found = s3.getObjectAsBytes(
                                request -> request.bucket(bucket).key(key))
                        .asByteArray();
                if (!Arrays.equals(found, TEXT)) {
                    throw new CaravanException(
                            Category.STAGE,
                            "The bucket " + bucket + " gave back " + found.length + " other bytes for " + key
                                    + " than the " + TEXT.length + " written.");
                }
            });
        } finally {
            step(
                    bucket,
                    "s3:DeleteObject",
                    () -> s3.deleteObject(request -> request.bucket(bucket).key(key)));
        }
    }

    private static void step(String bucket, String right, Runnable call) {
        try {
            call.run();
        } catch (CaravanException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StagedObjects.refusal(bucket, right, e);
        }
    }
}
