package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger's database goes while a run is under way, as {@link InjectedFaultsIT} has the other servers go: the run ends well if it comes
 * back in time, else in one error; the target has the rows of before or those of the run, each once.
 */
class LedgerFaultsIT {
    private static final String APPEND = KillPoint.MODES.get(0);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    private static Path directory;

    private static LedgerServer server;
    private static int pipelines;

    @BeforeAll
    static void startLedger() throws Exception {
        server = LedgerServer.start(directory.resolve("server"));
    }

    @AfterAll
    static void stopLedger() throws Exception {
        server.close();
    }

    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    /** What happens to the ledger while a run waits in its query. */
    private interface Outage {
        void strike() throws Exception;
    }

    @Test
    void goesOnOnceThePostgresLedgerIsBack() throws Exception {
        VersionedPipeline pipeline = pipeline("60s");

        SharedSandbox.Call call = strikeInQuery(pipeline, server::stop, server::startAgain);

        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        assertThat(pipeline.target())
                .isEqualTo(Map.of("before", VersionedPipeline.ROWS, "after", VersionedPipeline.ROWS));
        String run = JSON.readTree(call.out()).path("run").asText();
        assertThat(pipeline.show(run).path("outcome").asText()).isEqualTo("done");
    }

    @Test
    void endsInOneErrorIfThePostgresLedgerStaysAway() throws Exception {
        VersionedPipeline pipeline = pipeline("4s");
        try {
            assertLedgerError(strikeInQuery(pipeline, server::stop, () -> {}));
        } finally {
            server.startAgain();
        }

        assertThat(pipeline.target()).isEqualTo(Map.of("before", VersionedPipeline.ROWS));
        assertRunsAgain(pipeline, Map.of("before", VersionedPipeline.ROWS));
    }

    @Test
    void isNotDoneIfTheLedgerGoesAfterThePublicationAndTheRowsAreThereOnce() throws Exception {
        VersionedPipeline pipeline = pipeline("4s");
        pipeline.version("after");
        SandboxFaults redshift = SandboxFaults.of("redshift");
        redshift.order("{\"fault\":\"slow\",\"millis\":4000,\"statement\":\"" + pipeline.name()
                + ".*INSERT INTO .*load_ledger\"}");
        CompletableFuture<SharedSandbox.Call> run = CompletableFuture.supplyAsync(() -> run(pipeline));
        try {
            await().atMost(LIMIT).until(() -> struck(redshift) || run.isDone());
            server.stop();
            assertLedgerError(run.join());
        } finally {
            server.startAgain();
        }

        Map<String, Integer> both = Map.of("before", VersionedPipeline.ROWS, "after", VersionedPipeline.ROWS);
        assertThat(pipeline.target()).isEqualTo(both);
        assertRunsAgain(pipeline, both);
    }

    @Test
    void waitsForALedgerFileThatAnotherProcessHas() throws Exception {
        VersionedPipeline pipeline = inFile("90s");

        try (CaravanProcess process = whileHeld(pipeline, file -> {
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(file::isAlive);
        })) {
            assertThat(process.exitCode(LIMIT)).as(process.said()).isZero();
        }

        assertThat(pipeline.target())
                .isEqualTo(Map.of("before", VersionedPipeline.ROWS, "after", VersionedPipeline.ROWS));
    }

    @Test
    void endsInOneErrorIfAnotherProcessKeepsTheLedgersFile() throws Exception {
        VersionedPipeline pipeline = inFile("6s");

        try (CaravanProcess process = whileHeld(pipeline, file -> file.exitCode(LIMIT))) {
            assertLedgerError(new SharedSandbox.Call(process.exitCode(LIMIT), process.out(), process.said()));
        }

        assertThat(pipeline.target()).isEqualTo(Map.of("before", VersionedPipeline.ROWS));
        assertRunsAgain(pipeline, Map.of("before", VersionedPipeline.ROWS));
    }

    /** What is done while a run's process wants the ledger's file, and this process has it. */
    private interface Hold {
        void until(CaravanProcess process) throws Exception;
    }

    /** Takes the ledger's file from a run that waits in its query, lets the query go on, and gives the file back. */
    private static CaravanProcess whileHeld(VersionedPipeline pipeline, Hold hold) throws Exception {
        pipeline.version("after");
        try (Connection held = SharedSandbox.source()) {
            pipeline.holdQuery(held);
            CaravanProcess process = pipeline.start();
            try {
                await().atMost(LIMIT).until(() -> pipeline.waiting() > 0 || !process.isAlive());
                try (Connection taken = take(pipeline.settings().get("ledger.url"))) {
                    assertThat(taken.isValid(0)).isTrue();
                    held.rollback();
                    hold.until(process);
                }
                return process;
            } catch (Exception | Error e) {
                process.close();
                throw e;
            }
        }
    }

    /** The run's heartbeat has the file for moments. */
    private static Connection take(String url) {
        return await().ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> DriverManager.getConnection(url + ";FILE_LOCK=FS", "sa", ""), connection -> true);
    }

    private static SharedSandbox.Call strikeInQuery(VersionedPipeline pipeline, Outage begins, Outage ends)
            throws Exception {
        pipeline.version("after");
        CompletableFuture<SharedSandbox.Call> run;
        try (Connection held = SharedSandbox.source()) {
            pipeline.holdQuery(held);
            run = CompletableFuture.supplyAsync(() -> run(pipeline));
            await().atMost(LIMIT).until(() -> pipeline.waiting() > 0 || run.isDone());
            begins.strike();
            held.rollback();
        }
        ends.strike();
        return run.join();
    }

    private static void assertLedgerError(SharedSandbox.Call call) throws Exception {
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(3);
        JsonNode error = JSON.readTree(call.out()).path("error");
        assertThat(error.path("category").asText()).isEqualTo("config");
        assertThat(error.path("message").asText())
                .contains("Check the setting ledger.url")
                .doesNotContain("Exception: ")
                .doesNotContain("\n");
    }

    /** The next run finds out what became of the one before, and its own rows are there once. */
    private static void assertRunsAgain(VersionedPipeline pipeline, Map<String, Integer> before) throws Exception {
        pipeline.version("again");
        SharedSandbox.Call call = await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(pipeline::run, again -> !again.out().contains("is under way already"));
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        assertThat(pipeline.target()).isEqualTo(KillPoint.apply(APPEND, before, "again"));
    }

    private static SharedSandbox.Call run(VersionedPipeline pipeline) {
        try {
            return pipeline.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean struck(SandboxFaults faults) throws Exception {
        return JSON.readTree(faults.report()).findValues("struck").stream().anyMatch(count -> count.asLong() > 0);
    }

    /** A pipeline whose ledger is on the server, and that has run once. */
    private static VersionedPipeline pipeline(String lockExpiry) throws Exception {
        VersionedPipeline pipeline = make();
        for (Map.Entry<String, String> setting : server.settings(lockExpiry).entrySet()) {
            pipeline = pipeline.with(setting.getKey(), setting.getValue());
        }
        return ran(pipeline);
    }

    /** A pipeline whose ledger is a file, and that has run once. */
    private static VersionedPipeline inFile(String lockExpiry) throws Exception {
        return ran(make().with("ledger.lock-expiry", lockExpiry));
    }

    private static VersionedPipeline make() throws Exception {
        pipelines++;
        return VersionedPipeline.make(
                "ledger_gone_" + pipelines, APPEND, directory, VersionedPipeline.Verified.IN_REDSHIFT);
    }

    private static VersionedPipeline ran(VersionedPipeline pipeline) throws Exception {
        pipeline.version("before");
        SharedSandbox.Call call = pipeline.run();
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        return pipeline;
    }
}
