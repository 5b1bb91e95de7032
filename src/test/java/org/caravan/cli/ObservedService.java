package org.caravan.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code caravan start} in a process of its own, which is asked how it is. Ends when it is closed. */
final class ObservedService implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Health and metrics: http://(.+?):([0-9]+)/");
    private static final int LIMIT = 90;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CaravanProcess process;
    private final String address;

    /** Starts it, and waits until it can be asked. */
    ObservedService(Path directory, Path routes, Path config) throws IOException {
        process = new CaravanProcess(directory, "start", "--routes", routes.toString(), "--config", config.toString());
        await().atMost(LIMIT, SECONDS)
                .untilAsserted(() -> assertThat(process.said()).containsPattern(ADDRESS));
        Matcher said = ADDRESS.matcher(process.out());
        assertThat(said.find()).isTrue();
        address = "http://127.0.0.1:" + said.group(2);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> get(String path, String user, String password) throws IOException, InterruptedException {
        String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(request(path).header("Authorization", "Basic " + both));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    /** Asks for readiness until a check says something. */
    JsonNode ready(String check, Predicate<JsonNode> wanted) {
        AtomicReference<JsonNode> body = new AtomicReference<>();
        await().atMost(LIMIT, SECONDS).untilAsserted(() -> {
            body.set(new ObjectMapper().readTree(get("/observe/health/ready").body()));
            assertThat(wanted.test(check(body.get(), check)))
                    .as(() -> body.get() + said())
                    .isTrue();
        });
        return body.get();
    }

    /** Waits until it is ready. */
    void isReady() {
        await().atMost(LIMIT, SECONDS)
                .untilAsserted(() ->
                        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200));
    }

    static JsonNode check(JsonNode body, String name) {
        for (JsonNode check : body.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        return body.path("there is no check " + name);
    }

    /** The value of a metric with its labels; -1 if it is not there. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private String said() {
        try {
            return "\n" + process.said();
        } catch (IOException e) {
            return e.toString();
        }
    }

    CaravanProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
