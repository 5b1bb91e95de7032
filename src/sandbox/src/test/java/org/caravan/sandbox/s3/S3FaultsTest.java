package org.caravan.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.caravan.sandbox.StandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the AWS SDK sees of each fault, with its retries off, and what is in the bucket afterwards. */
class S3FaultsTest {
    private static final String BUCKET = "caravan-staging";

    @TempDir
    static Path directory;

    private static S3StandIn server;
    private static S3Clients clients;
    private static S3Client client;

    @BeforeAll
    static void start() throws Exception {
        server = S3StandIn.start(new StandIn.Options(
                "--dir",
                directory.toString(),
                "--access-key",
                S3Clients.ACCESS_KEY,
                "--secret-key",
                S3Clients.SECRET_KEY,
                "--bucket",
                BUCKET,
                "--region",
                "us-east-1"));
        clients = new S3Clients("http://127.0.0.1:" + server.port());
        client = clients.of("own");
    }

    @AfterAll
    static void stop() throws Exception {
        clients.close();
        server.close();
    }

    @AfterEach
    void clear() {
        server.faults().clear();
    }

    @ParameterizedTest
    @CsvSource({
        "slow-down,503,SlowDown",
        "internal-error,500,InternalError",
        "expired-token,400,ExpiredToken",
        "access-denied,403,AccessDenied"
    })
    void answersTheFirstCallsWithAnError(String fault, int status, String code) throws Exception {
        order("{'fault':'" + fault + "','method':'PUT','key':'" + fault + "/','count':2}");

        put("elsewhere/" + fault);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> put(fault + "/a")).isInstanceOfSatisfying(S3Exception.class, e -> {
                assertThat(e.statusCode()).isEqualTo(status);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            });
        }
        assertThat(keys(fault + "/")).isEmpty();

        put(fault + "/a");
        assertThat(keys(fault + "/")).containsExactly(fault + "/a");
        assertThat(server.faults().ordered().get(0)).containsEntry("struck", 2).containsEntry("left", 0);
    }

    @Test
    void failsAListByItsPrefix() throws Exception {
        order("{'fault':'slow-down','method':'GET','key':'listed/'}");

        assertThat(keys("other/")).isEmpty();
        assertFailsWith(503, () -> keys("listed/"));
        assertThat(keys("listed/")).isEmpty();
    }

    @Test
    void failsOnePartOfAnUploadAndTakesItAgain() throws Exception {
        order("{'fault':'slow-down','part':2}");
        assertOnePartIsTakenAgain(3, part -> assertFailsWith(503, part));
    }

    @Test
    void answersSlowly() throws Exception {
        order("{'fault':'slow','key':'slow/','millis':300}");
        Instant begun = Instant.now();

        put("slow/a");

        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(keys("slow/")).containsExactly("slow/a");
    }

    @Test
    void resetsTheConnectionBeforeAnythingIsStored() throws Exception {
        order("{'fault':'reset','key':'reset'}");

        assertThatThrownBy(() -> put("reset")).isInstanceOf(SdkClientException.class);

        assertThat(keys("reset")).isEmpty();
        put("reset");
        assertThat(keys("reset")).containsExactly("reset");
    }

    @Test
    void storesAnObjectWhoseAnswerIsLost() throws Exception {
        order("{'fault':'lost-reply','key':'lost/','method':'PUT'}");

        assertThatThrownBy(() -> put("lost/a")).isInstanceOf(SdkClientException.class);

        assertThat(keys("lost/")).containsExactly("lost/a");
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("lost/a"))
                        .asUtf8String())
                .isEqualTo("rows");
    }

    @Test
    void completesAnUploadWhoseAnswerIsLost() throws Exception {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(BUCKET).key("lost-upload"))
                .uploadId();
        CompletedPart only = CompletedPart.builder()
                .partNumber(1)
                .eTag(client.uploadPart(
                                request -> request.bucket(BUCKET)
                                        .key("lost-upload")
                                        .uploadId(upload)
                                        .partNumber(1),
                                RequestBody.fromString("rows"))
                        .eTag())
                .build();
        order("{'fault':'lost-reply','method':'POST','key':'lost-upload'}");

        assertThatThrownBy(() -> client.completeMultipartUpload(request -> request.bucket(BUCKET)
                        .key("lost-upload")
                        .uploadId(upload)
                        .multipartUpload(parts -> parts.parts(only))))
                .isInstanceOf(SdkClientException.class);

        assertThat(keys("lost-upload")).containsExactly("lost-upload");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'fault':'truncated','key':'cut','bytes':10}|10", "{'fault':'truncated','key':'cut'}|150000"})
    void endsTheConnectionInTheMiddleOfABody(String fault, int arriving) throws Exception {
        client.putObject(request -> request.bucket(BUCKET).key("cut"), RequestBody.fromBytes(new byte[300_000]));
        order(fault);

        int read = 0;
        try (InputStream in = client.getObject(request -> request.bucket(BUCKET).key("cut"))) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                read++;
            }
            fail("the body ended as if it were whole, after " + read + " bytes");
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Premature end of Content-Length");
        }
        assertThat(read).isEqualTo(arriving);
        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("cut"))
                        .asByteArray())
                .hasSize(300_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fault':'upload-cut','key':'torn/','bytes':70000}|torn/a|300000",
                "{'fault':'upload-cut','key':'torn/'}|torn/b|9000000",
                "{'fault':'upload-cut','key':'torn/','bytes':1000}|torn/c|7"
            })
    void resetsTheConnectionInTheMiddleOfAnUpload(String fault, String key, int size) throws Exception {
        order(fault);

        assertThatThrownBy(() -> client.putObject(
                        request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(new byte[size])))
                .isInstanceOf(SdkClientException.class);

        assertThat(keys("torn/")).doesNotContain(key);
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(new byte[size]));
        assertThat(client.headObject(request -> request.bucket(BUCKET).key(key)).contentLength())
                .isEqualTo(size);
    }

    @Test
    void keepsTheObjectThatACutUploadWasToReplace() throws Exception {
        put("kept/a");
        order("{'fault':'upload-cut','key':'kept/'}");

        assertThatThrownBy(() -> client.putObject(
                        request -> request.bucket(BUCKET).key("kept/a"), RequestBody.fromBytes(new byte[300_000])))
                .isInstanceOf(SdkClientException.class);

        assertThat(client.getObjectAsBytes(request -> request.bucket(BUCKET).key("kept/a"))
                        .asUtf8String())
                .isEqualTo("rows");
    }

    @Test
    void cutsOnePartOfAnUploadAndTakesItAgain() throws Exception {
        order("{'fault':'upload-cut','part':2}");
        assertOnePartIsTakenAgain(300_000, part -> assertThatThrownBy(part).isInstanceOf(SdkClientException.class));
    }

    /** The second part of two fails once, which is ordered; then the upload is completed. */
    private void assertOnePartIsTakenAgain(int size, Consumer<ThrowingCallable> failure) {
        String upload = client.createMultipartUpload(
                        request -> request.bucket(BUCKET).key("parted"))
                .uploadId();
        CompletedPart first = part(upload, 1, 5 << 20);

        failure.accept(() -> part(upload, 2, size));

        assertThat(client.listParts(
                                request -> request.bucket(BUCKET).key("parted").uploadId(upload))
                        .parts())
                .extracting(Part::partNumber)
                .containsExactly(1);
        CompletedPart second = part(upload, 2, size);
        client.completeMultipartUpload(request -> request.bucket(BUCKET)
                .key("parted")
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(first, second)));
        assertThat(client.headObject(request -> request.bucket(BUCKET).key("parted"))
                        .contentLength())
                .isEqualTo((5 << 20) + size);
    }

    @Test
    void isSurvivedByAClientThatTriesAgain() throws Exception {
        try (S3Client patient = clients.patient()) {
            for (String fault : List.of("slow-down", "internal-error", "reset", "lost-reply", "upload-cut")) {
                order("{'fault':'" + fault + "','key':'again/" + fault + "'}");

                assertThatCode(() -> patient.putObject(
                                request -> request.bucket(BUCKET).key("again/" + fault),
                                RequestBody.fromString("rows")))
                        .as(fault)
                        .doesNotThrowAnyException();
            }
        }
        assertThat(keys("again/")).hasSize(5);
        assertThat(server.faults().ordered())
                .allSatisfy(order -> assertThat(order).containsEntry("struck", 1));
    }

    private static void order(String json) throws Exception {
        server.faults().order(new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private static void put(String key) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("rows"));
    }

    private static CompletedPart part(String upload, int number, int size) {
        String tag = client.uploadPart(
                        request -> request.bucket(BUCKET)
                                .key("parted")
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromBytes(new byte[size]))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static List<String> keys(String prefix) {
        return client.listObjectsV2(request -> request.bucket(BUCKET).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static void assertFailsWith(int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode())
                .isEqualTo(status));
    }
}
