package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads through an Amazon S3 that is disturbed: what is transient is tried again, and what stays is one clear error. */
@Timeout(600)
class UploadFaultsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ROWS = 1500;

    @TempDir
    private Path routes;

    @TempDir
    private Path staging;

    @BeforeEach
    @AfterEach
    void takeFaultsBack() throws Exception {
        ask("DELETE", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'fault':'slow-down','method':'PUT','count':2}",
                "{'fault':'internal-error','method':'PUT','count':2}",
                "{'fault':'reset','method':'PUT','count':2}",
                "{'fault':'lost-reply','method':'PUT','count':2}"
            })
    void triesAgainWhatIsTransient(String fault) throws Exception {
        order(fault);

        JsonNode report = run("flaky", "50KB", 2, Map.of());

        assertThat(report.path("outcome").asText()).as(report.toString()).isEqualTo("done");
        assertThat(report.path("rows").path("databricks").asLong()).isEqualTo(ROWS);
        assertThat(struck()).isEqualTo(2);
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void endsWithThePartTheBucketTheKeyAndTheAttempts() throws Exception {
        order("{'fault':'slow-down','method':'PUT','count':1000}");

        JsonNode report = run("refused", "50KB", 2, Map.of("s3.attempts", "3"));

        assertThat(report.path("exit").asInt()).as(report.toString()).isEqualTo(5);
        assertThat(report.path("error").path("category").asText()).isEqualTo("stage");
        assertThat(report.path("error").path("message").asText())
                .matches("Part \\d+ \\(caravan/refused/.*/part-0000\\d\\.parquet\\) was not uploaded to the bucket "
                        + "caravan-staging after 3 attempts \\(setting s3\\.attempts\\)\\. Amazon S3 refused: .*");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void triesOnceWhatIsNotTransient() throws Exception {
        order("{'fault':'access-denied','method':'PUT','count':1}");

        JsonNode report = run("denied", "64MB", 2, Map.of());

        assertThat(report.path("exit").asInt()).as(report.toString()).isEqualTo(5);
        assertThat(report.path("error").path("message").asText())
                .contains("was not uploaded to the bucket caravan-staging after 1 attempt.")
                .contains("Check s3.access-key and s3.secret-key");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void encodingWaitsForSlowUploads() throws Exception {
        order("{'fault':'slow','method':'PUT','millis':1500,'count':8}");

        CompletableFuture<JsonNode> run = CompletableFuture.supplyAsync(() -> {
            try {
                return run("slow", "100KB", 2, Map.of(), "customer c, generate_series(1, 20)");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        long most = mostFilesUntil(run);

        JsonNode report = run.join();
        assertThat(report.path("outcome").asText()).as(report.toString()).isEqualTo("done");
        assertThat(report.path("parts").asInt()).isGreaterThan(4);
        assertThat(most).isEqualTo(3);
        assertThat(staging).isEmptyDirectory();
    }

    /** The most part files that were ever seen at once; uploads are so slow that none is missed for long. */
    private long mostFilesUntil(CompletableFuture<?> done) throws IOException {
        long most = 0;
        while (!done.isDone()) {
            try (Stream<Path> found = Files.walk(staging)) {
                long files = found.filter(path -> path.getFileName().toString().matches(".*-\\d{5}"))
                        .count();
                most = Math.max(most, files);
            } catch (UncheckedIOException e) {
                // A file went while the folder was listed.
                assertThat(e).hasCauseInstanceOf(NoSuchFileException.class);
            }
            Thread.onSpinWait();
        }
        return most;
    }

    private JsonNode run(String name, String partSize, int uploads, Map<String, String> more) throws IOException {
        return run(name, partSize, uploads, more, "customer c");
    }

    private JsonNode run(String name, String partSize, int uploads, Map<String, String> more, String from)
            throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("staging.part-size", partSize);
        settings.put("staging.uploads", Integer.toString(uploads));
        settings.put("staging.directory", staging.toString());
        settings.put("verify.digest", "none");
        Path verify = routes.resolve("verify.camel.yaml");
        if (Files.notExists(verify)) {
            Files.copy(Common.home().resolve("routes/verify.camel.yaml"), verify);
        }
        Files.writeString(
                routes.resolve(name + ".camel.yaml"),
                """
                - route:
                    id: NAME
                    from:
                      uri: timer:NAME
                      steps:
                        - to:
                            uri: kamelet:caravan-extract
                            parameters:
                              pipeline: NAME
                              sql: "SELECT c.*, md5(random()::text) AS noise FROM TABLES"
                        - to: kamelet:caravan-load
                        - to: kamelet:caravan-verify
                """
                        .replace("NAME", name)
                        .replace("TABLES", from));
        SharedSandbox.Call call = SharedSandbox.call(
                "run",
                name,
                "--json",
                "--routes",
                routes.toString(),
                "--config",
                SharedSandbox.configWith(settings).toString());
        ObjectNode report = (ObjectNode) JSON.readTree(call.out());
        return report.put("exit", call.exitCode());
    }

    private static void order(String fault) throws Exception {
        assertThat(ask("POST", fault.replace('\'', '"')).statusCode()).isLessThan(300);
    }

    private static long struck() throws Exception {
        return JSON.readTree(ask("GET", "").body()).findValues("struck").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private static HttpResponse<String> ask(String method, String body) throws Exception {
        JsonNode control = JSON.readTree(
                        SharedSandbox.config().resolveSibling("sandbox.json").toFile())
                .path("s3")
                .path("control");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(control.path("url").asText() + "/faults"))
                                .header(
                                        "Authorization",
                                        "Bearer " + control.path("token").asText())
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
