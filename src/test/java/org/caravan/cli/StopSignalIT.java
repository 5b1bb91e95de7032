package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: a run ends soon, as interrupted, and leaves nothing behind. */
@Timeout(600)
class StopSignalIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Less than what is held takes by itself. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @BeforeEach
    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    @Test
    void cancelsTheQueryAtTheSource() throws Exception {
        VersionedPipeline pipeline = make("stop_query");
        try (Connection source = SharedSandbox.source()) {
            pipeline.holdQuery(source);
            try (CaravanProcess process = pipeline.start()) {
                await().atMost(LIMIT).until(() -> pipeline.waiting() == 1);

                process.terminate();

                assertInterrupted(pipeline, process, "extract");
                assertThat(pipeline.waiting()).isZero();
            }
        }
        assertGoesOn(pipeline);
    }

    @Test
    void cancelsTheCopyAndDropsTheStagingTable() throws Exception {
        VersionedPipeline pipeline = make("stop_copy");
        SandboxFaults.of("redshift").order("{\"fault\":\"slow\",\"statement\":\"^.{0,200}COPY \",\"millis\":60000}");
        try (CaravanProcess process = pipeline.start()) {
            await().atMost(LIMIT)
                    .until(() -> SandboxFaults.of("redshift").report().contains("\"struck\":1"));

            process.terminate();

            assertInterrupted(pipeline, process, "load");
        }
        assertGoesOn(pipeline);
    }

    @Test
    void rollsThePublicationBack() throws Exception {
        VersionedPipeline pipeline = make("stop_publish");
        SandboxFaults.of("redshift")
                .order("{\"fault\":\"slow\",\"statement\":\"INSERT INTO .*load_ledger\",\"millis\":60000}");
        try (CaravanProcess process = pipeline.start()) {
            await().atMost(LIMIT)
                    .until(() -> SandboxFaults.of("redshift").report().contains("\"struck\":1"));

            process.terminate();

            assertInterrupted(pipeline, process, "publish");
        }
        assertThat(pipeline.target()).isEmpty();
        assertGoesOn(pipeline);
    }

    private VersionedPipeline make(String name) throws Exception {
        VersionedPipeline pipeline =
                VersionedPipeline.make(name, "mode=append", directory, VersionedPipeline.Verified.IN_REDSHIFT);
        pipeline.version("stopped");
        return pipeline;
    }

    private static void assertInterrupted(VersionedPipeline pipeline, CaravanProcess process, String step)
            throws Exception {
        assertThat(process.exitCode(SOON)).as(process.said()).isEqualTo(9);
        JsonNode report = new ObjectMapper().readTree(process.out());
        assertThat(report.path("error").path("category").asText()).isEqualTo("interrupted");
        assertThat(report.path("error").path("message").asText()).contains("stopped in step " + step);
        JsonNode kept = pipeline.runs().get(0);
        assertThat(kept.path("outcome").asText()).isEqualTo("interrupted");
        assertThat(pipeline.staged()).isEmpty();
    }

    /** The lock is free at once, and nothing of the stopped run is published. */
    private static void assertGoesOn(VersionedPipeline pipeline) throws Exception {
        SandboxFaults.of("redshift").clear();
        pipeline.version("next");
        SharedSandbox.Call next = pipeline.run();
        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        assertThat(pipeline.target()).isEqualTo(Map.of("next", VersionedPipeline.ROWS));
    }
}
