package org.caravan.stage;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.RunId;
import org.caravan.ledger.Step;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * What lies below the prefix of a bucket: objects, and uploads that were begun and never ended. Thread-safe; the client stays the
 * caller's.
 */
public final class StagedObjects {
    /**
     * The most keys of one request.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html">DeleteObjects</a>
     */
    static final int MOST_KEYS = 1000;

    private static final Pattern IN_A_FOLDER = Pattern.compile("([^/]+)/([0-9]{8}t[0-9]{9}_[0-9a-z]{5})/(.+)");

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /**
     * Connects to nothing yet.
     *
     * @param prefix the one that the pipelines stage below
     */
    public StagedObjects(S3Client s3, String bucket, String prefix) {
        this.s3 = requireNonNull(s3, "s3");
        this.bucket = requireNonNull(bucket, "bucket");
        this.prefix = Keys.checkPrefix(prefix);
    }

    /**
     * An object; immutable.
     *
     * @param place where in a run's folder it is; empty if it is in none
     */
    public record Found(String key, long bytes, Optional<Place> place) {}

    /** An upload that was begun and never ended; immutable. */
    public record Upload(String key, String id, Optional<Place> place) {}

    /** The folder of a run, and the name in it; immutable. */
    public record Place(String pipeline, RunId run, String name) {
        /** Whether Caravan gives a file of each run this name, beside the parts. */
        public boolean isRunsOwn() {
            return name.equals(Keys.MANIFEST) || name.equals(Keys.JSON_PATHS);
        }

        /** Whether it is the record of what the run proved. */
        public boolean isCertificate() {
            return name.equals("certificate.json");
        }
    }

    /** The bucket and the prefix, as an address that ends in a slash. */
    public String address() {
        return "s3://" + bucket + "/" + prefix + "/";
    }

    /**
     * Gives every object below the prefix to a consumer, in the order of keys.
     *
     * @param pipeline of this pipeline only
     * @throws CaravanException if Amazon S3 refuses
     */
    public void list(Optional<String> pipeline, Consumer<Found> consumer) {
        call("s3:ListBucket", () -> {
            s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(below(pipeline)))
                    .contents()
                    .forEach(object -> consumer.accept(new Found(object.key(), object.size(), place(object.key()))));
            return true;
        });
    }

    /** The uploads below the prefix that were begun and never ended. */
    public List<Upload> uploads(Optional<String> pipeline) {
        return call(
                "s3:ListBucketMultipartUploads", () -> s3
                        .listMultipartUploadsPaginator(
                                request -> request.bucket(bucket).prefix(below(pipeline)))
                        .uploads()
                        .stream()
                        .filter(upload -> upload.key().startsWith(below(pipeline)))
                        .map(upload -> new Upload(upload.key(), upload.uploadId(), place(upload.key())))
                        .toList());
    }

    private String below(Optional<String> pipeline) {
        return prefix + "/" + pipeline.map(name -> name + "/").orElse("");
    }

    private Optional<Place> place(String key) {
        if (!key.startsWith(prefix + "/")) {
            return Optional.empty();
        }
        Matcher parts = IN_A_FOLDER.matcher(key.substring(prefix.length() + 1));
        return parts.matches()
                ? Optional.of(new Place(parts.group(1), new RunId(parts.group(2)), parts.group(3)))
                : Optional.empty();
    }

    /**
     * Deletes objects, which need not be there.
     *
     * @throws CaravanException if Amazon S3 refuses one of them; others may be deleted by then
     */
    public void delete(List<String> keys) {
        for (int from = 0; from < keys.size(); from += MOST_KEYS) {
            List<ObjectIdentifier> some = keys.subList(from, Math.min(keys.size(), from + MOST_KEYS)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            DeleteObjectsResponse answer = call(
                    "s3:DeleteObject",
                    () -> s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(delete -> delete.objects(some).quiet(true))));
            List<String> refused = new ArrayList<>();
            for (S3Error error : answer.errors()) {
                refused.add(error.key() + " (" + error.code() + ": " + error.message() + ")");
            }
            if (!refused.isEmpty()) {
                throw new CaravanException(
                        Category.STAGE,
                        "s3:DeleteObject on the bucket " + bucket + " failed for " + refused.size() + " of "
                                + some.size() + " objects, such as " + refused.get(0)
                                + ". Allow it below the prefix " + prefix + "/.");
            }
        }
    }

    /** Ends an upload that is over, and frees its parts. */
    public void abort(Upload upload) {
        call(
                "s3:AbortMultipartUpload",
                () -> s3.abortMultipartUpload(
                        request -> request.bucket(bucket).key(upload.key()).uploadId(upload.id())));
    }

    private <T> T call(String right, Supplier<T> call) {
        try {
            return call.get();
        } catch (CaravanException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refusal(bucket, right, e);
        }
    }

    /** What to say when a bucket refuses something. */
    static CaravanException refusal(String bucket, String right, RuntimeException error) {
        String why = new S3Explainer()
                .explain(error, Step.STAGE)
                .map(Failure::message)
                .orElseGet(() -> String.valueOf(error.getMessage()));
        return new CaravanException(Category.STAGE, right + " on the bucket " + bucket + " failed: " + why, error);
    }
}
