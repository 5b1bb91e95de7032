package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes begin the same pipeline: one runs, the other says which run holds it. */
@Timeout(600)
class TwoProcessesIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void oneRunsAndTheOtherNamesTheRunThatHoldsThePipeline() throws Exception {
        VersionedPipeline pipeline =
                VersionedPipeline.make("at_once", "mode=append", directory, VersionedPipeline.Verified.IN_REDSHIFT);
        pipeline.version("v1");
        try (Connection source = SharedSandbox.source()) {
            // Whoever runs waits here, until the other has been refused.
            pipeline.holdQuery(source);
            try (CaravanProcess one = pipeline.start();
                    CaravanProcess other = pipeline.start()) {
                await().atMost(LIMIT).until(() -> !one.isAlive() || !other.isAlive());
                CaravanProcess refused = one.isAlive() ? other : one;
                CaravanProcess runs = one.isAlive() ? one : other;
                String holder = pipeline.runs().get(0).path("run").asText();
                source.commit();

                assertThat(refused.exitCode(LIMIT)).as(refused.said()).isEqualTo(3);
                assertThat(refused.out()).contains("under way already: run " + holder + " holds its lock");
                assertThat(runs.exitCode(LIMIT)).as(runs.said()).isZero();
                JsonNode report = new ObjectMapper().readTree(runs.out());
                assertThat(report.path("run").asText()).isEqualTo(holder);
            }
        }
        assertThat(pipeline.target()).isEqualTo(Map.of("v1", VersionedPipeline.ROWS));
        assertThat(pipeline.runs())
                .extracting(run -> run.path("outcome").asText())
                .isEqualTo(List.of("done"));
    }
}
