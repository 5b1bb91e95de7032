package org.caravan.sandbox.redshift.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Amazon S3 with somebody's rights. Thread-safe; the client is made at the first use, because that takes a second. */
public final class S3Objects implements AutoCloseable {
    /** A file and its size. */
    public record Found(S3Location file, long size) {}

    /** Where S3 is and how it is read. */
    public record Settings(String endpoint, String region, String accessKey, String secretKey) {
        @Override
        public String toString() {
            return "Settings[" + endpoint + ", " + region + ", " + accessKey + "]";
        }
    }

    /** A client that is made when it is needed. */
    private static final class LazyClient {
        private final Settings settings;
        private final AwsCredentials credentials;
        private final ReadFaults faults;
        private S3Client client;

        LazyClient(Settings settings, AwsCredentials credentials, ReadFaults faults) {
            this.settings = settings;
            this.credentials = credentials;
            this.faults = faults;
        }

        synchronized S3Client get() {
            if (client == null) {
                client = S3Client.builder()
                        .endpointOverride(URI.create(settings.endpoint()))
                        .region(Region.of(settings.region()))
                        .credentialsProvider(StaticCredentialsProvider.create(credentials))
                        .forcePathStyle(true)
                        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(faults))
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build();
            }
            return client;
        }

        synchronized void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    private final Settings settings;
    private final ReadFaults faults;
    private final LazyClient client;
    private final boolean ownsClient;
    private final Predicate<String> buckets;

    private S3Objects(
            Settings settings, ReadFaults faults, LazyClient client, boolean ownsClient, Predicate<String> buckets) {
        this.settings = settings;
        this.faults = faults;
        this.client = client;
        this.ownsClient = ownsClient;
        this.buckets = buckets;
    }

    /** With the cluster's own rights, which are all. */
    public S3Objects(Settings settings, ReadFaults faults) {
        this(
                settings,
                faults,
                new LazyClient(
                        settings, AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()), faults),
                true,
                bucket -> true);
    }

    /** The same with the rights of a role; this one must outlive it. */
    S3Objects restrictedTo(Predicate<String> mayUse) {
        return new S3Objects(settings, faults, client, false, mayUse);
    }

    /** With somebody's keys, which S3 itself judges; the caller closes it. */
    S3Objects as(Authorization.Keys keys) {
        AwsCredentials credentials = keys.sessionToken().isPresent()
                ? AwsSessionCredentials.create(
                        keys.accessKeyId(),
                        keys.secretAccessKey(),
                        keys.sessionToken().get())
                : AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey());
        return new S3Objects(settings, faults, new LazyClient(settings, credentials, faults), true, bucket -> true);
    }

    private S3Client client(S3Location file) throws CopyFailure.Thrown {
        if (!buckets.test(file.bucket())) {
            throw S3Failures.accessDenied(file);
        }
        return client.get();
    }

    /** Fails if a statement looks for S3 in another region than that of the buckets. */
    public void checkRegion(Optional<String> region, S3Location file) throws CopyFailure.Thrown {
        if (region.isPresent() && !region.get().equals(settings.region())) {
            throw S3Failures.otherRegion(file, settings.region());
        }
    }

    /** The address of a file as error messages show it; field reports show {@code =} as {@code %3D}. */
    String https(S3Location file) {
        String key = URLEncoder.encode(file.key(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return settings.endpoint() + "/" + file.bucket() + "/" + key;
    }

    byte[] read(S3Location file) throws CopyFailure.Thrown {
        try {
            return client(file)
                    .getObjectAsBytes(request -> request.bucket(file.bucket()).key(file.key()))
                    .asByteArray();
        } catch (SdkException e) {
            throw S3Failures.failure(e, file);
        }
    }

    /** The size of a file, empty if there is none. */
    OptionalLong size(S3Location file) throws CopyFailure.Thrown {
        try {
            return OptionalLong.of(client(file)
                    .headObject(request -> request.bucket(file.bucket()).key(file.key()))
                    .contentLength());
        } catch (SdkException e) {
            if (S3Failures.isMissing(e)) {
                return OptionalLong.empty();
            }
            throw S3Failures.failure(e, file);
        }
    }

    /** All files whose keys start with the prefix, in the order of their keys. */
    public List<Found> list(S3Location prefix) throws CopyFailure.Thrown {
        List<Found> found = new ArrayList<>();
        try {
            for (S3Object object : client(prefix)
                    .listObjectsV2Paginator(
                            request -> request.bucket(prefix.bucket()).prefix(prefix.key()))
                    .contents()) {
                if (!object.key().endsWith("/")) {
                    found.add(new Found(new S3Location(prefix.bucket(), object.key()), object.size()));
                }
            }
        } catch (SdkException e) {
            throw S3Failures.failure(e, prefix);
        }
        return found;
    }

    /** The bytes of a file; the caller closes it. Reading it may throw an SdkException. */
    InputStream open(S3Location file) throws CopyFailure.Thrown {
        try {
            return client(file)
                    .getObject(request -> request.bucket(file.bucket()).key(file.key()));
        } catch (SdkException e) {
            throw S3Failures.failure(e, file);
        }
    }

    /** Writes a file to disk; the caller deletes it. */
    void download(S3Location file, Path to, BooleanSupplier cancelled) throws CopyFailure.Thrown, IOException {
        try (InputStream in = client(file)
                        .getObject(request -> request.bucket(file.bucket()).key(file.key()));
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cancelled.getAsBoolean()) {
                    throw CopyFailure.cancelled().thrown();
                }
                out.write(buffer, 0, read);
            }
        } catch (SdkException e) {
            throw S3Failures.failure(e, file);
        }
    }

    /**
     * Writes a file of this machine to S3.
     *
     * @param kmsKey the key that S3 is told to encrypt with
     */
    public void upload(Path from, S3Location to, Optional<String> kmsKey) throws CopyFailure.Thrown {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(to.bucket()).key(to.key());
        kmsKey.ifPresent(key ->
                request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(key));
        try {
            client(to).putObject(request.build(), from);
        } catch (SdkException e) {
            throw S3Failures.failure(e, to);
        }
    }

    public void delete(S3Location file) throws CopyFailure.Thrown {
        try {
            client(file).deleteObject(request -> request.bucket(file.bucket()).key(file.key()));
        } catch (SdkException e) {
            throw S3Failures.failure(e, file);
        }
    }

    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }
}
