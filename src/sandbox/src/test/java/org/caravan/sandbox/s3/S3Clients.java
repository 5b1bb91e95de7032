package org.caravan.sandbox.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of the AWS SDK by the names of their credentials, each without retries, so that the first answer shows. */
final class S3Clients implements AutoCloseable {
    static final String ACCESS_KEY = "AKIATEST";
    static final String SECRET_KEY = "secret-of-the-test";
    /** May use one bucket only. */
    static final String STRANGER_KEY = "AKIASTRANGER";

    static final String STRANGER_SECRET = "secret-of-the-stranger";

    private final Map<String, AwsCredentials> credentials = Map.of(
            "own", AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY),
            "wrong-secret", AwsBasicCredentials.create(ACCESS_KEY, "guessed"),
            "unknown-key", AwsBasicCredentials.create("AKIANOBODY", SECRET_KEY),
            "made-up-token", AwsSessionCredentials.create(ACCESS_KEY, SECRET_KEY, "made-up"),
            "stranger", AwsBasicCredentials.create(STRANGER_KEY, STRANGER_SECRET));
    private final Map<String, S3Client> clients = new ConcurrentHashMap<>();
    private final String endpoint;

    S3Clients(String endpoint) {
        this.endpoint = endpoint;
    }

    String endpoint() {
        return endpoint;
    }

    AwsCredentials credentials(String name) {
        if (!credentials.containsKey(name)) {
            throw new IllegalArgumentException(
                    "nobody has the credentials " + name + "; there are " + credentials.keySet());
        }
        return credentials.get(name);
    }

    S3Client of(String name) {
        return clients.computeIfAbsent(name, this::open);
    }

    private S3Client open(String name) {
        S3ClientBuilder builder = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(20))
                        .build())
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        return name.equals("anonymous")
                ? builder.credentialsProvider(AnonymousCredentialsProvider.create())
                        .build()
                : builder.credentialsProvider(StaticCredentialsProvider.create(credentials(name)))
                        .build();
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
    }
}
