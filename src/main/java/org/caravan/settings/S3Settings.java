package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * The settings {@code s3.*}; immutable. Shows no secret.
 *
 * @param endpoint another address than AWS's
 * @param credentials empty if the AWS SDK's default chain is to find them
 * @param attempts how often a request is tried in all
 */
public record S3Settings(
        String region,
        Optional<String> endpoint,
        Addressing addressing,
        Optional<Credentials> credentials,
        int attempts) {
    /** Where the bucket stands in a request. */
    public enum Addressing {
        HOST,
        PATH
    }

    /** Static credentials. */
    public record Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
        public Credentials {
            requireNonNull(accessKey, "accessKey");
            requireNonNull(secretKey, "secretKey");
            requireNonNull(sessionToken, "sessionToken");
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    public S3Settings {
        requireNonNull(region, "region");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(addressing, "addressing");
        requireNonNull(credentials, "credentials");
    }

    /**
     * Reads them.
     *
     * @throws CaravanException if one is missing or wrong
     */
    public static S3Settings of(Settings settings) {
        return new S3Settings(
                settings.get("s3.region"),
                settings.checked("s3.endpoint"),
                settings.isTrue("s3.path-style") ? Addressing.PATH : Addressing.HOST,
                settings.find("s3.access-key").map(key -> credentials(settings, key)),
                settings.number("s3.attempts"));
    }

    private static Credentials credentials(Settings settings, String key) {
        String secret = settings.find("s3.secret-key")
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG, "s3.access-key is set, but s3.secret-key is not; set both, or neither."));
        return new Credentials(key, secret, settings.find("s3.session-token"));
    }
}
