package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Step;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ExplainerTest {
    @Test
    void namesTheBucketsSettingIfThereIsNoBucket() {
        assertThat(explain(refusal(404, "NoSuchBucket", "The specified bucket does not exist")))
                .isEqualTo(new Failure(
                        Category.STAGE,
                        "Amazon S3 refused: The specified bucket does not exist. Check the setting staging.bucket: the bucket"
                                + " must exist in the region s3.region."));
    }

    @Test
    void namesTheKeysSettingsIfAccessIsDenied() {
        assertThat(explain(refusal(403, "AccessDenied", "Access Denied")).message())
                .isEqualTo(
                        "Amazon S3 refused: Access Denied. Check s3.access-key and s3.secret-key, and that they may write to"
                                + " the bucket staging.bucket.");
    }

    @Test
    void passesOnWhatElseIsRefusedWithoutAdvice() {
        assertThat(explain(refusal(400, "EntityTooLarge", "Your proposed upload is too large."))
                        .message())
                .isEqualTo("Amazon S3 refused: Your proposed upload is too large.");
    }

    @Test
    void saysWhatSendsLessAtATimeToAnOverloadedS3() {
        assertThat(explain(refusal(503, "SlowDown", "Please reduce your request rate."))
                        .message())
                .startsWith(
                        "Amazon S3 refused: Please reduce your request rate. Amazon S3 is overloaded or disturbed: ")
                .contains("staging.uploads", "s3.attempts");
    }

    @Test
    void tellsTheStatusIfS3SaysNothing() {
        assertThat(explain(S3Exception.builder().statusCode(400).message("").build())
                        .message())
                .isEqualTo("Amazon S3 refused: HTTP status 400.");
    }

    @Test
    void namesTheConnectionsSettingsIfS3CannotBeReached() {
        assertThat(explain(SdkClientException.create("Unable to execute HTTP request"))
                        .message())
                .startsWith("Amazon S3 cannot be used: Unable to execute HTTP request")
                .contains("s3.region, s3.endpoint and the credentials");
    }

    @Test
    void takesAnUploadThatWasStoppedForWhatItIs() {
        assertThat(explain(AbortedException.create("Thread was interrupted", new InterruptedException()))
                        .category())
                .isEqualTo(Category.INTERRUPTED);
    }

    @Test
    void knowsNothingOfOtherErrors() {
        assertThat(new S3Explainer().explain(new IllegalStateException("x"), Step.STAGE))
                .isEqualTo(Optional.empty());
    }

    /** As the run finds it: by the service loader, below Camel's own exceptions. */
    private static Failure explain(Throwable error) {
        return Failures.of(new CamelExecutionException("failed", null, error), Step.STAGE);
    }

    private static S3Exception refusal(int status, String code, String message) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
