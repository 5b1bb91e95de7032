package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A small S3 with one bucket, for tests only. */
final class LocalS3 implements AutoCloseable {
    static final String BUCKET = "stage";
    static final String ACCESS_KEY = "AKIATEST";
    static final String SECRET_KEY = "test-secret-key";

    /** Accepts that a client asks for encryption, as the sandbox's S3 does. */
    private static final class Encrypting extends ForwardingBlobStore {
        Encrypting(BlobStore store) {
            super(store);
        }

        @Override
        public boolean supportsServerSideEncryption() {
            return true;
        }
    }

    private final S3Proxy proxy;
    private final S3Client client;

    LocalS3(Path directory) throws Exception {
        Files.createDirectories(directory);
        Properties properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir", directory.toAbsolutePath().toString());
        proxy = S3Proxy.builder()
                .blobStore(new Encrypting(BlobStores.create("filesystem", properties)))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        proxy.start();
        client = S3Client.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        client.createBucket(request -> request.bucket(BUCKET));
    }

    String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Uploads a file and returns its address. */
    String put(String key, Path file) {
        client.putObject(request -> request.bucket(BUCKET).key(key), file);
        return "s3://" + BUCKET + "/" + key;
    }

    String put(String key, String text) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(text));
        return "s3://" + BUCKET + "/" + key;
    }

    String put(String key, byte[] content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
        return "s3://" + BUCKET + "/" + key;
    }

    /** The bytes of an object. */
    byte[] get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    /** The keys that start with this. */
    java.util.List<String> keys(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(software.amazon.awssdk.services.s3.model.S3Object::key)
                .toList();
    }

    /** Uploads a manifest of one file and returns its address. */
    String putManifest(String key, String url, long contentLength) {
        return put(
                key,
                "{\"entries\":[{\"url\":\"" + url + "\",\"mandatory\":true,\"meta\":{\"content_length\":"
                        + contentLength + "}}]}");
    }

    @Override
    public void close() throws IOException {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("S3Proxy did not stop", e);
        }
    }
}
