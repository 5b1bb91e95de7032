package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service says of itself by HTTP, and to whom. Connects to nothing. */
class ObservedServiceTest {
    private static final List<String> PAGES =
            List.of("/observe/health/ready", "/observe/health/live", "/observe/metrics");

    @TempDir
    private Path directory;

    private Path routes;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        CommandLineCall.route(routes, "good", "log: hello");
    }

    private Path config(String more) throws IOException {
        return Files.writeString(
                directory.resolve("settings.properties"),
                CommandLineCall.SETTINGS + "ledger.url=jdbc:h2:file:" + directory.resolve("ledger") + "\n" + more);
    }

    private ObservedService start(String more) throws IOException {
        return new ObservedService(directory, routes, config("observe.port=0\n" + more));
    }

    @Test
    void namesTheFileAndTheLineThatIsRefusedAndGoesOnWithTheOthers() throws Exception {
        CommandLineCall.route(routes, "bad", "log: hello", "to: nosuch:endpoint");
        try (ObservedService service = start("")) {
            JsonNode body = service.ready(
                    "caravan-routes", check -> check.path("status").asText().equals("UP"));

            JsonNode check = ObservedService.check(body, "caravan-routes");
            assertThat(check.path("message").asText())
                    .startsWith("1 route is in force. bad.camel.yaml:7 is refused, nothing of it runs: ")
                    .contains("nosuch");
            JsonNode refused = check.path("data").path("refused");
            assertThat(refused).hasSize(1);
            assertThat(refused.get(0).path("file").asText()).isEqualTo("bad.camel.yaml");
            assertThat(refused.get(0).path("line").asInt()).isEqualTo(7);
            assertThat(service.get("/observe/health/live").statusCode()).isEqualTo(200);
            assertThat(service.metric("caravan_route_files{state=\"refused\"}")).isEqualTo(1);
            assertThat(service.metric("caravan_reloads_total{outcome=\"refused\"}"))
                    .isEqualTo(1);

            CommandLineCall.route(routes, "bad", "log: mended");

            service.ready(
                    "caravan-routes", now -> now.path("data").path("refused").isEmpty());
            assertThat(service.metric("caravan_route_files{state=\"refused\"}")).isZero();
        }
    }

    @Test
    void isNotReadyWhenNoFileIsGood() throws Exception {
        CommandLineCall.route(routes, "good", "to: nosuch:endpoint");
        try (ObservedService service = start("")) {
            service.ready(
                    "caravan-routes", check -> check.path("message").asText().startsWith("No route is in force."));

            assertThat(service.get("/observe/health/ready").statusCode()).isEqualTo(503);
            assertThat(service.get("/observe/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void servesNothingElse() throws Exception {
        try (ObservedService service = start("camel.main.dev-console-enabled=true\n")) {
            service.isReady();
            for (String page : PAGES) {
                assertThat(service.get(page).statusCode()).as(page).isEqualTo(200);
                assertThat(service.send(service.request(page).POST(HttpRequest.BodyPublishers.noBody()))
                                .statusCode())
                        .as("POST " + page)
                        .isEqualTo(405);
            }
            for (String page : List.of(
                    "/",
                    "/q/dev",
                    "/q/dev/reload?reload=true",
                    "/q/health",
                    "/q/info",
                    "/q/send",
                    "/q/upload/x",
                    "/q/download",
                    "/observe",
                    "/observe/health",
                    "/observe/health/console",
                    "/observe/console",
                    "/observe/info",
                    "/observe/jolokia/list",
                    "/observe/metrics/x")) {
                assertThat(service.get(page).statusCode()).as(page).isEqualTo(404);
            }
            assertThat(service.get("/observe/health/ready?exposureLevel=full&stackTrace=true&data=true")
                            .body())
                    .doesNotContain("stack", "Exception");
            assertThat(service.get("/observe/metrics").body()).contains("jvm_memory_used_bytes{area=\"heap\"");
        }
    }

    @Test
    void asksOthersForTheirPassword() throws Exception {
        try (ObservedService service =
                start("observe.host=0.0.0.0\nobserve.user=ada\nobserve.password=c4n4ry-of-ada\n")) {
            assertThat(service.process().said())
                    .contains("to other machines too: with a password, without TLS")
                    .doesNotContain("c4n4ry");
            for (String page : PAGES) {
                assertThat(service.get(page).statusCode()).as(page).isEqualTo(401);
                assertThat(service.get(page).body()).as(page).doesNotContain("caravan_", "checks");
                assertThat(service.get(page, "ada", "guessed").statusCode()).isEqualTo(401);
                assertThat(service.get(page, "bob", "c4n4ry-of-ada").statusCode())
                        .isEqualTo(401);
                assertThat(service.get(page, "ada", "c4n4ry-of-ada").statusCode())
                        .isIn(200, 503);
                assertThat(service.get(page, "ada", "c4n4ry-of-ada").body()).doesNotContain("c4n4ry");
            }
            assertThat(service.get("/nothing").statusCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "check"})
    void isRefusedToOthersWithoutAPassword(String verb) throws IOException {
        Path config = config("observe.host=0.0.0.0\n");

        CommandLineCall call = CommandLineCall.of(verb, "--routes", routes.toString(), "--config", config.toString());

        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out() + call.err())
                .contains("observe.host=0.0.0.0: others than this machine can reach it")
                .contains("set observe.user and observe.password, or delete observe.host");
    }

    @Test
    void doesNotStartAtAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path config = config("observe.port=" + taken.getLocalPort() + "\n");

            CommandLineCall call =
                    CommandLineCall.of("start", "--routes", routes.toString(), "--config", config.toString());

            assertThat(call.exitCode()).isEqualTo(3);
            assertThat(call.err())
                    .contains("Health and metrics cannot be served at 127.0.0.1:" + taken.getLocalPort() + ": ")
                    .contains("Set observe.port to a free port, or to 0 for any");
        }
    }

    @Test
    void startsWithoutWhenItIsToldTo() throws IOException {
        Path config = config("observe.enabled=false\ncamel.main.duration-max-seconds=1\n");

        CommandLineCall call =
                CommandLineCall.of("start", "--routes", routes.toString(), "--config", config.toString());

        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).doesNotContain("Health and metrics");
    }

    @Test
    void endsByATermSignal() throws Exception {
        try (ObservedService service = start("")) {
            service.isReady();

            service.process().terminate();

            assertThat(service.process().exitCode(Duration.ofSeconds(30))).isZero();
        }
    }
}
