package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cancel}: a run of another process ends, as interrupted, and leaves nothing behind; the process goes on. */
@Timeout(600)
class CancelIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** Less than what is held takes by itself. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    @BeforeEach
    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    @Test
    void cancelsTheQueryAtTheSource() throws Exception {
        VersionedPipeline pipeline = make("cancel_query");
        try (Connection source = SharedSandbox.source()) {
            pipeline.holdQuery(source);
            try (CaravanProcess process = pipeline.start()) {
                await().atMost(LIMIT).until(() -> pipeline.waiting() == 1);

                assertCancelled(pipeline, process, "extract");

                assertThat(pipeline.waiting()).isZero();
            }
        }
        assertGoesOn(pipeline);
    }

    @Test
    void cancelsTheCopyAndDropsTheStagingTableAndTheRunCanBeResumed() throws Exception {
        VersionedPipeline pipeline = make("cancel_copy");
        hold("^.{0,200}COPY ");
        String run;
        try (CaravanProcess process = pipeline.start()) {
            awaitHeld();

            run = assertCancelled(pipeline, process, "load");
        }
        SandboxFaults.of("redshift").clear();
        SharedSandbox.Call resumed = pipeline.call("resume", run);

        assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
        assertThat(pipeline.show(run).path("cancellation").isMissingNode())
                .as("the request was to the run before it was resumed")
                .isTrue();
        assertThat(pipeline.target())
                .isEqualTo(Map.of("before", VersionedPipeline.ROWS, "cancelled", VersionedPipeline.ROWS));
        assertThat(pipeline.staged()).isEmpty();
    }

    @Test
    void cancelsTheVerificationInDatabricks() throws Exception {
        VersionedPipeline pipeline =
                make("cancel_verify", VersionedPipeline.Verified.EVERYWHERE).with("redshift.lock-wait", "60s");
        // What Databricks asks Redshift has no comment of Caravan's.
        hold("^SELECT (?![*]).*cancel_verify__(?!load_ledger)", 45_000);
        try (CaravanProcess process = pipeline.start()) {
            awaitHeld();

            assertEnds(pipeline, process, "verify");
        }
        // Databricks' own question to Redshift goes on, and reads the staging table: the next run drops it.
        assertGoesOn(pipeline);
        assertThat(pipeline.staged()).isEmpty();
    }

    @Test
    void rollsThePublicationBack() throws Exception {
        VersionedPipeline pipeline = make("cancel_publish");
        hold("INSERT INTO .*load_ledger");
        try (CaravanProcess process = pipeline.start()) {
            awaitHeld();

            assertCancelled(pipeline, process, "publish");
        }
        assertGoesOn(pipeline);
    }

    @Test
    void doesNotUndoWhatIsPublished() throws Exception {
        VersionedPipeline pipeline = make("cancel_late");
        // What is compared in the target comes after the COMMIT.
        hold("step=verify .*public.{1,3}cancel_late");
        try (CaravanProcess process = pipeline.start()) {
            awaitHeld();
            String run = id(pipeline);

            SharedSandbox.Call cancel = pipeline.call("cancel", run);

            JsonNode fate = JSON.readTree(cancel.out());
            assertThat(cancel.exitCode()).as(cancel.out() + cancel.err()).isEqualTo(3);
            assertThat(fate.path("fate").asText()).isEqualTo("published");
            assertThat(fate.path("message").asText())
                    .contains(
                            "was published before the request reached it",
                            "public.cancel_late",
                            "caravan resume " + run);
            assertThat(process.exitCode(SOON)).as(process.said()).isEqualTo(9);
        }
        assertThat(pipeline.target())
                .isEqualTo(Map.of("before", VersionedPipeline.ROWS, "cancelled", VersionedPipeline.ROWS));
        assertThat(pipeline.staged()).isEmpty();
    }

    @Test
    void saysOfARunThatIsOverOrDeadOrUnknownWhatItIs() throws Exception {
        VersionedPipeline pipeline = make("cancel_nothing");
        String done = id(pipeline);

        SharedSandbox.Call over = pipeline.call("cancel", done);

        assertThat(over.exitCode()).isEqualTo(3);
        assertThat(JSON.readTree(over.out()).path("fate").asText()).isEqualTo("over");
        assertThat(JSON.readTree(over.out()).path("message").asText())
                .contains(
                        "Run " + done + " of pipeline 'cancel_nothing' is done since 20", "there is nothing to cancel");

        SharedSandbox.Call unknown = pipeline.call("cancel", "20200101t000000000_aaaaa");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("There is no run '20200101t000000000_aaaaa' in the ledger");

        try (Connection source = SharedSandbox.source()) {
            pipeline.holdQuery(source);
            try (CaravanProcess process = pipeline.start()) {
                await().atMost(LIMIT).until(() -> pipeline.waiting() == 1);
                process.kill();
            }
            String killed = id(pipeline);

            SharedSandbox.Call dead = pipeline.call("cancel", killed);

            assertThat(dead.exitCode()).isEqualTo(3);
            assertThat(JSON.readTree(dead.out()).path("fate").asText()).isEqualTo("dead");
            assertThat(JSON.readTree(dead.out()).path("message").asText())
                    .contains("is not under way any more", "sent no heartbeat", "caravan resume " + killed);
        }
    }

    @Test
    void endsOneRunOfAServiceAndNoOther() throws Exception {
        VersionedPipeline cancelled = make("cancel_one");
        VersionedPipeline other = new VersionedPipeline(
                "cancel_other", cancelled.mode(), cancelled.directory(), cancelled.settings(), cancelled.verified());
        other.version("cancelled");
        Instant due = Instant.now().plusSeconds(20);
        other.write(schedule(other, due));
        Service service = new Service(
                cancelled.directory().toString(),
                cancelled.write(schedule(cancelled, due)).toString());
        try (Connection one = SharedSandbox.source();
                Connection two = SharedSandbox.source();
                CaravanProcess process = new CaravanProcess(
                        directory, "start", "--routes", service.routes(), "--config", service.config())) {
            cancelled.holdQuery(one);
            other.holdQuery(two);
            await().atMost(LIMIT).until(() -> cancelled.waiting() == 1 && other.waiting() == 1);
            String run = service.last("cancel_one").path("run").asText();

            SharedSandbox.Call cancel = SharedSandbox.call("cancel", run, "--config", service.config());

            assertThat(cancel.exitCode()).as(cancel.out() + cancel.err()).isZero();
            assertThat(cancel.out()).contains("Run " + run + " of pipeline 'cancel_one' is cancelled in step extract");
            assertThat(cancelled.waiting()).isZero();
            assertThat(service.last("cancel_one").path("outcome").asText()).isEqualTo("interrupted");
            assertThat(other.waiting()).isEqualTo(1);
            assertThat(service.last("cancel_other").path("outcome").asText()).isEqualTo("running");

            two.rollback();
            await().atMost(LIMIT)
                    .until(() -> service.last("cancel_other").path("outcome").asText(), "done"::equals);
            assertThat(service.last("cancel_one").path("run").asText())
                    .as("it is not run again")
                    .isEqualTo(run);
            assertThat(process.isAlive()).isTrue();
            process.terminate();
            assertThat(process.exitCode(LIMIT))
                    .as("no run was stopped: " + process.said())
                    .isZero();
        }
        assertThat(other.target()).isEqualTo(Map.of("cancelled", VersionedPipeline.ROWS));
        assertThat(cancelled.target()).isEqualTo(Map.of("before", VersionedPipeline.ROWS));
        assertThat(cancelled.staged()).isEmpty();
        assertGoesOn(cancelled);
    }

    /** Once. */
    private static Map<String, Object> schedule(VersionedPipeline pipeline, Instant due) {
        String cron =
                DateTimeFormatter.ofPattern("s m H d M '?' yyyy", Locale.ROOT).format(due.atOffset(ZoneOffset.UTC));
        return Map.of(
                "uri",
                "caravan-schedule:" + pipeline.name(),
                "parameters",
                Map.of("cron", "RAW(" + cron + ")", "timeZone", "UTC"));
    }

    /** The command line for the folder of a service, whose files stay as they are. */
    private record Service(String routes, String config) {
        JsonNode last(String pipeline) throws IOException {
            SharedSandbox.Call call = SharedSandbox.call("runs", "--json", "--pipeline", pipeline, "--config", config);
            return JSON.readTree(call.out()).path("runs").path(0);
        }
    }

    /** A pipeline whose target has the rows of a run before. */
    private VersionedPipeline make(String name) throws Exception {
        return make(name, VersionedPipeline.Verified.IN_REDSHIFT);
    }

    private VersionedPipeline make(String name, VersionedPipeline.Verified verified) throws Exception {
        VersionedPipeline pipeline = VersionedPipeline.make(name, "mode=append", directory, verified)
                // A machine that is busy may send a heartbeat late.
                .with("ledger.lock-expiry", "8s");
        pipeline.version("before");
        SharedSandbox.Call before = pipeline.run();
        assertThat(before.exitCode()).as(before.out() + before.err()).isZero();
        pipeline.version("cancelled");
        return pipeline;
    }

    private static void hold(String statement) throws Exception {
        hold(statement, 60_000);
    }

    private static void hold(String statement, int millis) throws Exception {
        SandboxFaults.of("redshift")
                .order("{\"fault\":\"slow\",\"statement\":\"" + statement + "\",\"millis\":" + millis + "}");
    }

    private static void awaitHeld() {
        await().atMost(LIMIT).until(() -> SandboxFaults.of("redshift").report().contains("\"struck\":1"));
    }

    private static String id(VersionedPipeline pipeline) throws IOException {
        return pipeline.runs().get(0).path("run").asText();
    }

    /** Cancels the run of a process, which ends by it and leaves no table. */
    private static String assertCancelled(VersionedPipeline pipeline, CaravanProcess process, String step)
            throws Exception {
        String run = assertEnds(pipeline, process, step);
        assertThat(pipeline.staged()).isEmpty();
        return run;
    }

    /** Cancels the run of a process, which ends by it; the target has the rows of before. */
    private static String assertEnds(VersionedPipeline pipeline, CaravanProcess process, String step) throws Exception {
        String run = id(pipeline);

        SharedSandbox.Call cancel = pipeline.call("cancel", run);

        assertThat(cancel.exitCode()).as(cancel.out() + cancel.err()).isZero();
        assertThat(JSON.readTree(cancel.out()).path("fate").asText()).isEqualTo("cancelled");
        assertThat(cancel.err()).contains("Asked process ", "to cancel run " + run + " of pipeline");
        assertThat(process.exitCode(SOON)).as(process.said()).isEqualTo(9);
        JsonNode report = JSON.readTree(process.out());
        assertThat(report.path("error").path("category").asText()).isEqualTo("interrupted");
        assertThat(report.path("error").path("message").asText())
                .contains("The run was cancelled in step " + step + ", as user ");
        JsonNode kept = pipeline.show(run);
        assertThat(kept.path("outcome").asText()).isEqualTo("interrupted");
        assertThat(kept.path("cancellation").path("seen").asText()).isNotEmpty();
        assertThat(kept.path("retries")).isEmpty();
        assertThat(pipeline.runs()).as("nobody runs it again").hasSize(2);
        assertThat(pipeline.target()).isEqualTo(Map.of("before", VersionedPipeline.ROWS));
        return run;
    }

    /** The lock is free at once. */
    private static void assertGoesOn(VersionedPipeline pipeline) throws Exception {
        SandboxFaults.of("redshift").clear();
        pipeline.version("next");
        SharedSandbox.Call next = pipeline.run();
        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        assertThat(pipeline.target())
                .isEqualTo(Map.of("before", VersionedPipeline.ROWS, "next", VersionedPipeline.ROWS));
    }
}
