package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads Amazon S3 with the cluster's own access. Thread-safe; the client is made at the first use, because that takes a second. */
public final class S3Objects implements AutoCloseable {
    /** A file to load and its size. */
    record Found(S3Location file, long size) {}

    private final Settings settings;
    private S3Client client;

    /** Where S3 is and how it is read. */
    public record Settings(String endpoint, String region, String accessKey, String secretKey) {}

    public S3Objects(Settings settings) {
        this.settings = settings;
    }

    private synchronized S3Client client() {
        if (client == null) {
            client = S3Client.builder()
                    .endpointOverride(URI.create(settings.endpoint()))
                    .region(Region.of(settings.region()))
                    .credentialsProvider(StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                    .forcePathStyle(true)
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    .build();
        }
        return client;
    }

    /** The address of a file as error messages show it. */
    String https(S3Location file) {
        return settings.endpoint() + "/" + file.bucket() + "/" + file.key();
    }

    byte[] read(S3Location file) throws CopyFailure.Thrown {
        try {
            return client().getObjectAsBytes(
                            request -> request.bucket(file.bucket()).key(file.key()))
                    .asByteArray();
        } catch (SdkException e) {
            throw failure(e, file);
        }
    }

    /** The size of a file, empty if there is none. */
    OptionalLong size(S3Location file) throws CopyFailure.Thrown {
        try {
            return OptionalLong.of(
                    client().headObject(request -> request.bucket(file.bucket()).key(file.key()))
                            .contentLength());
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return OptionalLong.empty();
            }
            throw failure(e, file);
        } catch (SdkException e) {
            throw failure(e, file);
        }
    }

    /** All files whose keys start with the prefix, in the order of their keys. */
    List<Found> list(S3Location prefix) throws CopyFailure.Thrown {
        List<Found> found = new ArrayList<>();
        try {
            for (S3Object object : client().listObjectsV2Paginator(
                            request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                    .contents()) {
                if (!object.key().endsWith("/")) {
                    found.add(new Found(new S3Location(prefix.bucket(), object.key()), object.size()));
                }
            }
        } catch (SdkException e) {
            throw failure(e, prefix);
        }
        return found;
    }

    /** The bytes of a file; the caller closes it. Reading it may throw an SdkException. */
    InputStream open(S3Location file) throws CopyFailure.Thrown {
        try {
            return client().getObject(request -> request.bucket(file.bucket()).key(file.key()));
        } catch (SdkException e) {
            throw failure(e, file);
        }
    }

    /** Writes a file to disk; the caller deletes it. */
    void download(S3Location file, Path to, BooleanSupplier cancelled) throws CopyFailure.Thrown, IOException {
        try (InputStream in = client().getObject(
                                request -> request.bucket(file.bucket()).key(file.key()));
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cancelled.getAsBoolean()) {
                    throw CopyFailure.cancelled().thrown();
                }
                out.write(buffer, 0, read);
            }
        } catch (SdkException e) {
            throw failure(e, file);
        }
    }

    /** The shape of Redshift's S3 errors in field reports. */
    static CopyFailure.Thrown failure(SdkException e, S3Location file) {
        if (e instanceof S3Exception answer && answer.awsErrorDetails() != null) {
            String code = answer.statusCode() == 404 && answer.awsErrorDetails().errorCode() == null
                    ? "NoSuchKey"
                    : answer.awsErrorDetails().errorCode();
            String text =
                    switch (String.valueOf(code)) {
                        case "NoSuchBucket" -> "The specified bucket does not exist";
                        case "NoSuchKey" -> "The specified key does not exist.";
                        default -> String.valueOf(answer.awsErrorDetails().errorMessage());
                    };
            return CopyFailure.of(
                            "S3ServiceException:" + text + ",Status " + answer.statusCode() + ",Error " + code + ",Rid "
                                    + answer.requestId() + ",CanRetry 1",
                            8001,
                            file.toString())
                    .thrown();
        }
        return CopyFailure.of(
                        "S3CurlException: " + e.getMessage() + ", CurlError 7, multiCurlError 0, CanRetry 1",
                        9001,
                        file.toString())
                .thrown();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
