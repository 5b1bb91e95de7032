package org.caravan.cli;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** How requests to Amazon S3 are tried again; stateless. */
final class UploadSettings {
    private static final Duration BASE_DELAY = Duration.ofMillis(100);
    private static final Duration BASE_DELAY_OF_THROTTLING = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(20);

    private UploadSettings() {}

    /**
     * The AWS SDK's standard strategy: it tries again what is transient (throttling, 5xx, broken and timed-out connections), after
     * a random share of a delay that doubles. The SDK's own circuit breaker would give up on one part because others had faults.
     *
     * @param attempts how often a request is tried in all
     * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/retry-strategy.html">Configure retry behaviour in
     *     the AWS SDK for Java 2.x</a>
     */
    static StandardRetryStrategy retries(int attempts) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .backoffStrategy(BackoffStrategy.exponentialDelay(BASE_DELAY, MAX_DELAY))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(BASE_DELAY_OF_THROTTLING, MAX_DELAY))
                .circuitBreakerEnabled(false)
                .build();
    }
}
