package org.caravan.stage;

import java.util.Optional;
import org.caravan.ledger.Category;
import org.caravan.ledger.Explainer;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Step;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Explains the errors of Amazon S3 that aws2-s3 passes on. */
public final class S3Explainer implements Explainer {
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;

    @Override
    public Optional<Failure> explain(Throwable error, Step step) {
        if (error instanceof S3Exception refused) {
            return Optional.of(new Failure(Category.STAGE, "Amazon S3 refused: " + reason(refused) + advice(refused)));
        }
        if (error instanceof AbortedException) {
            return Optional.of(new Failure(Category.INTERRUPTED, "The run was stopped in step " + step.label() + "."));
        }
        if (error instanceof SdkClientException unreachable) {
            return Optional.of(new Failure(
                    Category.STAGE,
                    "Amazon S3 cannot be used: " + unreachable.getMessage()
                            + " Check s3.region, s3.endpoint and the credentials (s3.access-key and s3.secret-key, or the"
                            + " default chain of the AWS SDK)."));
        }
        return Optional.empty();
    }

    private static String reason(AwsServiceException error) {
        String detail =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        String text = detail == null || detail.isBlank() ? error.getMessage() : detail;
        text = text.replaceAll(" \\(Service: .*$", "");
        if (text.isBlank()) {
            text = "HTTP status " + error.statusCode();
        }
        return text.endsWith(".") ? text : text + ".";
    }

    private static String advice(S3Exception error) {
        String code = error.awsErrorDetails() == null
                ? ""
                : String.valueOf(error.awsErrorDetails().errorCode());
        if (code.equals("NoSuchBucket") || error.statusCode() == NOT_FOUND) {
            return " Check the setting staging.bucket: the bucket must exist in the region s3.region.";
        }
        if (error.statusCode() == FORBIDDEN) {
            return " Check s3.access-key and s3.secret-key, and that they may write to the bucket staging.bucket.";
        }
        if (RetryUtils.isThrottlingException(error) || error.statusCode() >= SERVER_ERROR) {
            return " Amazon S3 is overloaded or disturbed: run it again later; staging.uploads sends it less at a time, and"
                    + " s3.attempts tries longer.";
        }
        return "";
    }
}
