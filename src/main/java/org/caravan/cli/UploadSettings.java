package org.caravan.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** How the settings want parts uploaded: how many at a time, and how often a request to Amazon S3 is tried; stateless. */
final class UploadSettings {
    /** Of the pool that encodes and uploads: one encodes, one waits to cut the next part. */
    static final int OTHER_THREADS = 2;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Duration BASE_DELAY = Duration.ofMillis(100);
    private static final Duration BASE_DELAY_OF_THROTTLING = Duration.ofSeconds(1);
    private static final Duration MAX_DELAY = Duration.ofSeconds(20);

    private UploadSettings() {}

    /** The most parts that are uploaded at a time by a run. */
    static int uploads(Settings settings) {
        return number(settings, "staging.uploads");
    }

    /**
     * The AWS SDK's standard strategy: it tries again what is transient (throttling, 5xx, broken and timed-out connections), after
     * a random share of a delay that doubles. The SDK's own circuit breaker would give up on one part because others had faults.
     *
     * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/retry-strategy.html">Configure retry behaviour in
     *     the AWS SDK for Java 2.x</a>
     */
    static StandardRetryStrategy retries(Settings settings) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(number(settings, "s3.attempts"))
                .backoffStrategy(BackoffStrategy.exponentialDelay(BASE_DELAY, MAX_DELAY))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(BASE_DELAY_OF_THROTTLING, MAX_DELAY))
                .circuitBreakerEnabled(false)
                .build();
    }

    private static int number(Settings settings, String key) {
        String text = settings.find(key).orElse("");
        if (!NUMBER.matcher(text).matches()) {
            throw new CaravanException(Category.CONFIG, key + " must be a number from 1 to 999; it is '" + text + "'.");
        }
        return Integer.parseInt(text);
    }
}
