package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs resume and retry, after runs that failed in Redshift. */
class ResumeIT {
    private static final String IN_LOAD =
            "{\"fault\":\"error\",\"statement\":\" COPY \",\"state\":\"42501\",\"message\":\"permission denied\"}";
    private static final String AFTER_PUBLICATION =
            "{\"fault\":\"error\",\"statement\":\"(?s)step=verify.*public.{1,3}resume_\",\"state\":\"42501\",\"message\":\"permission denied\"}";

    @TempDir
    private Path directory;

    @AfterEach
    void takeFaultsBack() throws Exception {
        SandboxFaults.of("redshift").clear();
    }

    @Test
    void goesOnFromTheFilesWithoutAskingTheSource() throws Exception {
        VersionedPipeline pipeline = make("resume_files");
        String failed = fail(pipeline, IN_LOAD, 6);

        try (Connection source = SharedSandbox.source()) {
            // The query would wait for ever.
            pipeline.holdQuery(source);
            SharedSandbox.Call resumed = pipeline.call("resume", failed);

            assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
            assertThat(resumed.err()).contains("extract and stage are skipped");
            JsonNode report = new ObjectMapper().readTree(resumed.out());
            assertThat(report.path("run").asText()).isEqualTo(failed);
            assertThat(report.path("rows").path("source").asLong()).isEqualTo(VersionedPipeline.ROWS);
        }
        assertThat(pipeline.target()).isEqualTo(Map.of("resumed", VersionedPipeline.ROWS));
        assertThat(pipeline.runs()).hasSize(1);
        assertThat(pipeline.show(failed).path("outcome").asText()).isEqualTo("done");
        assertThat(pipeline.staged()).isEmpty();
    }

    @Test
    void onlyVerifiesARunThatIsPublishedAlready() throws Exception {
        VersionedPipeline pipeline = make("resume_published");
        String failed = fail(pipeline, AFTER_PUBLICATION, 7);
        assertThat(pipeline.target()).isEqualTo(Map.of("resumed", VersionedPipeline.ROWS));

        SharedSandbox.Call resumed = pipeline.call("resume", failed);

        assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
        assertThat(resumed.err()).contains("published to public.resume_published already");
        assertThat(pipeline.target()).isEqualTo(Map.of("resumed", VersionedPipeline.ROWS));
        assertThat(pipeline.show(failed).path("outcome").asText()).isEqualTo("done");
    }

    @Test
    void runsAnewIfAFileIsNotAsItWas() throws Exception {
        VersionedPipeline pipeline = make("resume_changed");
        String failed = fail(pipeline, IN_LOAD, 6);
        Path part = SharedSandbox.bucket().resolve(pipeline.objects(failed).get(0));
        Files.write(part, new byte[] {1, 2, 3});

        SharedSandbox.Call resumed = pipeline.call("resume", failed);

        assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
        assertThat(resumed.err()).contains("has 3 bytes instead of").contains("runs anew, from the source");
        assertThat(pipeline.target()).isEqualTo(Map.of("resumed", VersionedPipeline.ROWS));
        assertThat(pipeline.runs()).hasSize(2);
    }

    @Test
    void refusesWhatCannotGoOn() throws Exception {
        VersionedPipeline pipeline = make("resume_refused");
        String failed = fail(pipeline, IN_LOAD, 6);

        pipeline.version("changed");
        assertRefused(pipeline.call("resume", failed), "The query has changed");
        assertRefused(pipeline.call("retry", failed), "The query has changed");
        assertThat(pipeline.target()).isEmpty();

        assertThat(pipeline.run().exitCode()).isZero();
        String done = pipeline.runs().get(0).path("run").asText();
        assertRefused(pipeline.call("resume", done), "is done; there is nothing to resume");
        pipeline.version("resumed");
        assertRefused(pipeline.call("resume", failed), "run " + done, "began later");
        assertThat(pipeline.target()).isEqualTo(Map.of("changed", VersionedPipeline.ROWS));

        SharedSandbox.Call unknown = pipeline.call("resume", "20200101t000000000_aaaaa");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("There is no run").contains("caravan runs");
    }

    @Test
    void refusesARunWhoseFilesAreBeingCleaned() throws Exception {
        VersionedPipeline pipeline =
                make("resume_cleaned").with("clean.keep-failed", "0s").with("clean.keep-files", "0s");
        String failed = fail(pipeline, IN_LOAD, 6);
        Path part = SharedSandbox.bucket().resolve(pipeline.objects(failed).get(0));
        byte[] bytes = Files.readAllBytes(part);
        SharedSandbox.Call cleaned = pipeline.clean();
        assertThat(cleaned.exitCode()).as(cleaned.out() + cleaned.err()).isZero();
        // As if clean had not come to them yet.
        Files.createDirectories(part.getParent());
        Files.write(part, bytes);

        SharedSandbox.Call resumed = pipeline.call("resume", failed);

        assertRefused(resumed, "clean");
        assertThat(pipeline.target()).isEmpty();
    }

    @Test
    void doesARunAgainAsAnother() throws Exception {
        VersionedPipeline pipeline = make("retry_again");
        String failed = fail(pipeline, IN_LOAD, 6);

        SharedSandbox.Call retried = pipeline.call("retry", failed);

        assertThat(retried.exitCode()).as(retried.out() + retried.err()).isZero();
        assertThat(pipeline.target()).isEqualTo(Map.of("resumed", VersionedPipeline.ROWS));
        assertThat(pipeline.runs())
                .extracting(run -> run.path("outcome").asText())
                .containsExactly("done", "failed");
    }

    private VersionedPipeline make(String name) throws Exception {
        VersionedPipeline pipeline =
                VersionedPipeline.make(name, "mode=append", directory, VersionedPipeline.Verified.IN_REDSHIFT);
        pipeline.version("resumed");
        return pipeline;
    }

    /** Lets a run fail, and gives it. */
    private static String fail(VersionedPipeline pipeline, String fault, int exitCode) throws Exception {
        SandboxFaults.of("redshift").order(fault);
        SharedSandbox.Call call = pipeline.run();
        SandboxFaults.of("redshift").clear();
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(exitCode);
        return pipeline.runs().get(0).path("run").asText();
    }

    private static void assertRefused(SharedSandbox.Call call, String... said) {
        assertThat(call.exitCode()).as(call.out() + call.err()).isEqualTo(3);
        assertThat(call.out() + call.err()).contains(said);
    }
}
