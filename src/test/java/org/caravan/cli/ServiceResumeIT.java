package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.caravan.PrivatePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed after its run has staged: the other node, or the service that is started again, goes on from the files. */
@Timeout(480)
class ServiceResumeIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(10);
    /** A COPY whose client is gone goes on for as long, and what it writes is waited for. */
    private static final String IN_COPY = "{\"fault\":\"slow\",\"statement\":\"^.{0,200}COPY \",\"millis\":25000}";

    private static final String AFTER_PUBLICATION =
            "{\"fault\":\"slow\",\"statement\":\"step=verify .*public.{1,3}again_published\",\"millis\":120000}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @BeforeEach
    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    @Test
    void theOtherNodeGoesOnWithTheKilledRunFromItsFiles() throws Exception {
        try (EmbeddedPostgres server = server()) {
            VersionedPipeline pipeline = make("two_nodes")
                    .with("ledger.url", server.getJdbcUrl("postgres", "postgres"))
                    .with("schedule.clustered", "true");
            Service service = Service.of(pipeline);
            SandboxFaults.of("redshift").order(IN_COPY);
            try (CaravanProcess one = service.start(directory);
                    CaravanProcess two = service.start(directory);
                    Connection source = SharedSandbox.source()) {
                service.isDueSoon();
                awaitHeld();
                JsonNode held = service.last();
                CaravanProcess killed = held.path("origin").path("pid").asLong() == one.pid() ? one : two;
                CaravanProcess other = killed == one ? two : one;
                killed.kill();
                // A query would wait for ever.
                pipeline.holdQuery(source);
                SandboxFaults.of("redshift").clear();

                String run = held.path("run").asText();
                service.awaitDone(run, other);

                assertThat(service.all()).hasSize(1);
                JsonNode shown = service.show(run);
                assertThat(shown.path("resumptions")).hasSize(1);
                assertThat(shown.path("resumptions")
                                .get(0)
                                .path("by")
                                .path("pid")
                                .asLong())
                        .isEqualTo(other.pid());
                assertThat(shown.path("resumptions")
                                .get(0)
                                .path("before")
                                .path("pid")
                                .asLong())
                        .isEqualTo(killed.pid());
                assertThat(other.said())
                        .contains("two_nodes run " + run + ", which process " + killed.pid() + " on host ")
                        .contains("goes on from its part in Amazon S3, which is whole");
            }
            assertThat(pipeline.target()).isEqualTo(Map.of("killed", VersionedPipeline.ROWS));
            assertThat(pipeline.staged()).isEmpty();
        }
    }

    @Test
    void theServiceThatIsStartedAgainGoesOn() throws Exception {
        VersionedPipeline pipeline = make("again_copy");
        Service service = Service.of(pipeline);
        String run = killHeld(service, IN_COPY);
        try (Connection source = SharedSandbox.source()) {
            pipeline.holdQuery(source);
            try (CaravanProcess again = service.start(directory)) {
                service.awaitDone(run, again);
                assertThat(again.said()).contains("extract and stage are skipped");
            }
        }
        assertThat(service.all()).hasSize(1);
        assertThat(pipeline.target()).isEqualTo(Map.of("killed", VersionedPipeline.ROWS));
        assertThat(pipeline.staged()).isEmpty();
    }

    @Test
    void aRunThatIsPublishedIsVerifiedAndNotPublishedTwice() throws Exception {
        VersionedPipeline pipeline = make("again_published");
        Service service = Service.of(pipeline);
        String run = killHeld(service, AFTER_PUBLICATION);
        assertThat(pipeline.target()).isEqualTo(Map.of("killed", VersionedPipeline.ROWS));

        try (CaravanProcess again = service.start(directory)) {
            service.awaitDone(run, again);
            assertThat(again.said()).contains("It is published to public.again_published already; it is only verified");
        }
        assertThat(service.all()).hasSize(1);
        assertThat(pipeline.target()).isEqualTo(Map.of("killed", VersionedPipeline.ROWS));
    }

    /** The run that is published cannot be verified, and its rows must not be appended a second time. */
    @Test
    void aPublishedRunWithoutItsFilesIsNotAppendedOnceMore() throws Exception {
        VersionedPipeline pipeline = make("again_published");
        Map<String, Integer> before = pipeline.target();
        Service service = Service.of(pipeline);
        String run = killHeld(service, AFTER_PUBLICATION);
        Map<String, Integer> published = pipeline.target();
        assertThat(published).isNotEqualTo(before);
        Files.delete(SharedSandbox.bucket().resolve(pipeline.objects(run).get(0)));

        try (CaravanProcess again = service.start(directory)) {
            await().atMost(LIMIT).until(() -> service.all().size() == 2);
            String other = service.last().path("run").asText();
            await().atMost(LIMIT)
                    .until(() -> !service.show(other).path("outcome").asText().equals("running"));

            assertThat(again.isAlive()).isTrue();
            JsonNode shown = service.show(other);
            assertThat(shown.path("outcome").asText()).isEqualTo("failed");
            assertThat(shown.path("error").path("message").asText())
                    .contains("run " + run + ", in whose place it was begun, is published to public.again_published");
            assertThat(shown.path("resumptions").get(0).path("anew").asText()).contains("is missing");
        }
        assertThat(pipeline.target()).isEqualTo(published);
    }

    /** Starts a service, kills it where its run is held, and gives the run. */
    private String killHeld(Service service, String fault) throws Exception {
        SandboxFaults.of("redshift").order(fault);
        try (CaravanProcess process = service.start(directory)) {
            service.isDueSoon();
            awaitHeld();
            process.kill();
        }
        SandboxFaults.of("redshift").clear();
        return service.last().path("run").asText();
    }

    private static void awaitHeld() {
        await().atMost(LIMIT).until(() -> SandboxFaults.of("redshift").report().contains("\"struck\":1"));
    }

    private VersionedPipeline make(String name) throws Exception {
        VersionedPipeline pipeline = VersionedPipeline.make(
                        name, "mode=append", directory, VersionedPipeline.Verified.IN_REDSHIFT)
                .with("observe.port", "0")
                // Two services on a busy machine may be late with a heartbeat.
                .with("ledger.lock-expiry", "5s");
        pipeline.version("killed");
        return pipeline;
    }

    private EmbeddedPostgres server() throws IOException {
        return PrivatePostgres.in(directory).start();
    }

    /** A folder of routes with a schedule. */
    private record Service(VersionedPipeline pipeline, String config) {
        /** Of a pipeline that is due in a year. */
        static Service of(VersionedPipeline pipeline) throws IOException {
            return new Service(pipeline, write(pipeline, Instant.now().minus(SOON)));
        }

        private static String write(VersionedPipeline pipeline, Instant due) throws IOException {
            String cron =
                    DateTimeFormatter.ofPattern("s m H d M '?'", Locale.ROOT).format(due.atOffset(ZoneOffset.UTC));
            return pipeline.write(Map.of(
                            "uri",
                            "caravan-schedule:" + pipeline.name(),
                            "parameters",
                            Map.of("cron", "RAW(" + cron + ")", "timeZone", "UTC")))
                    .toString();
        }

        /** Waits until it is up. */
        CaravanProcess start(Path directory) throws IOException {
            CaravanProcess process = new CaravanProcess(
                    directory, "start", "--routes", pipeline.directory().toString(), "--config", config);
            await().atMost(LIMIT).until(() -> process.said().contains("verify.camel.yaml is in force"));
            return process;
        }

        /** Lets the pipeline be due soon: services that are up follow the file, and take a while to. */
        void isDueSoon() throws IOException {
            write(pipeline, Instant.now().plus(SOON));
        }

        JsonNode all() throws IOException {
            return JSON.readTree(SharedSandbox.call("runs", "--json", "--config", config)
                            .out())
                    .path("runs");
        }

        JsonNode last() throws IOException {
            return all().path(0);
        }

        JsonNode show(String run) throws IOException {
            return JSON.readTree(SharedSandbox.call("show", run, "--json", "--config", config)
                    .out());
        }

        void awaitDone(String run, CaravanProcess process) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(show(run).path("outcome").asText())
                            .as(process.said())
                            .isEqualTo("done"));
        }
    }
}
