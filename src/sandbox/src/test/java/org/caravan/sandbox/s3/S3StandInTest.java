package org.caravan.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.caravan.sandbox.StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class S3StandInTest {
    private static final String BUCKET = "caravan-staging";
    private static final String ACCESS_KEY = "AKIATEST";
    private static final String SECRET_KEY = "secret-of-the-test";
    private static final int PART_BYTES = 5 << 20;

    @TempDir
    Path dir;

    private S3StandIn server;
    private S3Client client;

    @BeforeEach
    void start() throws Exception {
        server = startServer();
        client = client(ACCESS_KEY, SECRET_KEY);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    @Test
    void saysWhereItIs() {
        assertThat(server.facts())
                .containsEntry("port", server.port())
                .containsEntry("endpoint", "http://127.0.0.1:" + server.port())
                .containsEntry("bucket", BUCKET)
                .containsEntry("region", "eu-central-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.txt", "caravan/run=2024/part-00001.parquet", "with blank", "größe/日本.txt"})
    void keepsAndListsWhatIsPut(String key) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("rows"));

        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                        .asUtf8String())
                .isEqualTo("rows");
        assertThat(keys("")).containsExactly(key);
    }

    @Test
    void listsByPrefixInPages() {
        List<String> wanted = List.of("run-1/a", "run-1/b", "run-1/c");
        wanted.forEach(key -> put(key, key));
        put("run-2/a", "other");

        assertThat(keys("run-1/")).containsExactlyElementsOf(wanted);
        assertThat(client.listObjectsV2Paginator(request ->
                                request.bucket(BUCKET).prefix("run-1/").maxKeys(2))
                        .contents())
                .extracting(S3Object::key)
                .containsExactlyElementsOf(wanted);
    }

    @Test
    void joinsThePartsOfAMultipartUpload() {
        byte[] first = new byte[PART_BYTES];
        new Random(1).nextBytes(first);
        byte[] last = "the end".getBytes(StandardCharsets.UTF_8);
        String upload = client.createMultipartUpload(
                        request -> request.bucket(BUCKET).key("big"))
                .uploadId();
        CompletedPart one = part(upload, 1, first);
        CompletedPart two = part(upload, 2, last);

        client.completeMultipartUpload(request ->
                request.bucket(BUCKET).key("big").uploadId(upload).multipartUpload(parts -> parts.parts(one, two)));

        assertThat(client.headObject(request -> request.bucket(BUCKET).key("big"))
                        .contentLength())
                .isEqualTo(first.length + last.length);
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("big"))
                        .asByteArray())
                .startsWith(first)
                .endsWith(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES256", "aws:kms"})
    void acceptsThatEncryptionIsAskedFor(String encryption) {
        client.putObject(
                request -> request.bucket(BUCKET)
                        .key("sealed")
                        .serverSideEncryption(ServerSideEncryption.fromValue(encryption)),
                RequestBody.fromString("rows"));

        assertThat(keys("")).containsExactly("sealed");
    }

    @Test
    void refusesAWrongSecret() {
        client.putObject(request -> request.bucket(BUCKET).key("x"), RequestBody.fromString("x"));
        // Calls without a body: a server that refuses before it has read one may close the connection on the client.
        try (S3Client thief = client(ACCESS_KEY, "guessed")) {
            assertThatThrownBy(() ->
                            thief.deleteObject(request -> request.bucket(BUCKET).key("x")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
            assertThatThrownBy(() -> thief.createMultipartUpload(
                            request -> request.bucket(BUCKET).key("y")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
        assertThat(keys("")).containsExactly("x");
    }

    @Test
    void refusesAnUnknownAccessKey() {
        try (S3Client stranger = client("AKIASTRANGER", SECRET_KEY)) {
            assertThatThrownBy(() -> stranger.listObjectsV2(request -> request.bucket(BUCKET)))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void reportsAMissingBucketAndAMissingKey() {
        assertThatThrownBy(() -> client.listObjectsV2(request -> request.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> client.getObjectAsBytes(
                        request -> request.bucket(BUCKET).key("nothing")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "Caravan", "-staging", "staging_1"})
    void refusesABucketNameThatS3WouldRefuse(String bucket) {
        assertThatThrownBy(() -> S3StandIn.start(new StandIn.Options(
                        "--dir",
                        dir.toString(),
                        "--access-key",
                        "a",
                        "--secret-key",
                        "s",
                        "--bucket",
                        bucket,
                        "--region",
                        "r")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("bucket name '" + bucket + "' is not valid");
    }

    @Test
    void keepsObjectsAcrossARestart() throws Exception {
        put("kept", "rows");
        client.close();
        server.close();

        server = startServer();
        client = client(ACCESS_KEY, SECRET_KEY);

        assertThat(keys("")).containsExactly("kept");
        assertThat(Files.readString(dir.resolve("objects").resolve(BUCKET).resolve("kept")))
                .isEqualTo("rows");
    }

    private S3StandIn startServer() throws Exception {
        return S3StandIn.start(new StandIn.Options(
                "--dir",
                dir.toString(),
                "--access-key",
                ACCESS_KEY,
                "--secret-key",
                SECRET_KEY,
                "--bucket",
                BUCKET,
                "--region",
                "eu-central-1"));
    }

    private S3Client client(String accessKey, String secretKey) {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.port()))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .httpClient(ApacheHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    private CompletedPart part(String upload, int number, byte[] content) {
        String tag = client.uploadPart(
                        request -> request.bucket(BUCKET)
                                .key("big")
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void put(String key, String content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private List<String> keys(String prefix) {
        return client.listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
