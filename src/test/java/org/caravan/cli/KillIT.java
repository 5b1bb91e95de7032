package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills Caravan, or a stand-in, at every point of a run: the target is as it was before or as the run makes it; then, in turn, the next
 * run goes on from there, or the killed run is resumed, knows which, and finds no lock and no table in its way.
 * {@code -Dkills=1000} makes a campaign of it.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("kills", 30);
    private static final int HOLD_MILLIS = 3_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Map<String, Integer> COUNTS = new TreeMap<>();

    @TempDir
    private static Path directory;

    private static final Map<String, VersionedPipeline> PIPELINES = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> leavesTheRowsOfBeforeOrThoseOfTheRun() {
        List<KillPoint> points = KillPoint.all();
        return Stream.iterate(0, kill -> kill + 1).limit(KILLS).map(kill -> {
            KillPoint point = points.get(kill % points.size());
            return DynamicTest.dynamicTest((kill + 1) + ". " + point, () -> {
                try {
                    strike(point, kill);
                } finally {
                    takeFaultsBack();
                }
            });
        });
    }

    private static void strike(KillPoint point, int kill) throws Exception {
        VersionedPipeline pipeline = pipeline(point);
        Map<String, Integer> before = pipeline.target();
        String version = "k" + kill;
        pipeline.version(version);

        String killed = kill(point, pipeline);

        COUNTS.merge(point.toString(), 1, Integer::sum);
        Map<String, Integer> after = KillPoint.apply(point.mode(), before, version);
        assertThat(pipeline.target()).isIn(before, after);

        await().atMost(LIMIT)
                .until(() -> !pipeline.runs().get(0).path("outcome").asText().equals("running"));
        boolean done = pipeline.show(killed).path("outcome").asText().equals("done");
        if (kill % 2 == 0 || done) {
            runNext(pipeline, point, killed, before, version);
        } else {
            resume(pipeline, killed, after);
        }
        assertThat(pipeline.runs())
                .extracting(run -> run.path("outcome").asText())
                .doesNotContain("running");
        assertNothingStays(pipeline);
        assertKnown(pipeline, killed);
    }

    private static void runNext(
            VersionedPipeline pipeline, KillPoint point, String killed, Map<String, Integer> before, String version)
            throws Exception {
        pipeline.version(version + "_next");
        SharedSandbox.Call next = pipeline.run();

        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        boolean published = pipeline.show(killed).hasNonNull("table");
        Map<String, Integer> left = published ? KillPoint.apply(point.mode(), before, version) : before;
        assertThat(pipeline.target())
                .as("published: %s", published)
                .isEqualTo(KillPoint.apply(point.mode(), left, version + "_next"));
    }

    /** Goes on with the run, or does it anew: in both cases its rows are there, once. */
    private static void resume(VersionedPipeline pipeline, String killed, Map<String, Integer> after) throws Exception {
        SharedSandbox.Call resumed = pipeline.call("resume", killed);

        assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
        assertThat(pipeline.target()).isEqualTo(after);
    }

    /** Begins a run, kills when it is held at the point, and gives the run. */
    private static String kill(KillPoint point, VersionedPipeline pipeline) throws Exception {
        try (Connection source = SharedSandbox.source()) {
            if (point.held().equals("source")) {
                pipeline.holdQuery(source);
            } else {
                hold(point.held(), point.first());
            }
            try (CaravanProcess process = pipeline.start()) {
                awaitHeld(point, pipeline, process);
                if (!point.then().isEmpty()) {
                    SandboxFaults.of(point.held()).clear();
                    hold(point.held(), point.then());
                    awaitStruck(point.held(), process);
                }
                if (point.killsCaravan()) {
                    process.kill();
                } else {
                    sandbox("kill", point.killed());
                    sandbox("restart", point.killed());
                    // It may have got over it.
                    process.exitCode(LIMIT);
                }
            }
        }
        return pipeline.runs().get(0).path("run").asText();
    }

    private static void hold(String standIn, String call) throws Exception {
        SandboxFaults.of(standIn).order("{\"fault\":\"slow\",\"millis\":" + HOLD_MILLIS + "," + call + "}");
    }

    private static void awaitHeld(KillPoint point, VersionedPipeline pipeline, CaravanProcess process)
            throws Exception {
        if (point.held().equals("source")) {
            await().atMost(LIMIT).until(() -> !process.isAlive() || pipeline.waiting() > 0);
        } else {
            awaitStruck(point.held(), process);
        }
        assertThat(process.isAlive()).as(process.said()).isTrue();
    }

    private static void awaitStruck(String standIn, CaravanProcess process) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        !process.isAlive() || SandboxFaults.of(standIn).report().contains("\"struck\":1"));
    }

    private static void sandbox(String verb, String standIn) {
        SharedSandbox.Call call = SharedSandbox.call(
                "sandbox",
                verb,
                standIn,
                "--dir",
                SharedSandbox.config().getParent().toString());
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
    }

    /** A transaction of a killed process may have ended after the next run looked for its table; clean finds that. */
    private static void assertNothingStays(VersionedPipeline pipeline) {
        await().atMost(LIMIT).untilAsserted(() -> {
            if (!pipeline.staged().isEmpty()) {
                pipeline.clean();
            }
            assertThat(pipeline.staged()).isEmpty();
        });
    }

    /** Whatever the run left in the bucket, the ledger names. */
    private static void assertKnown(VersionedPipeline pipeline, String run) throws Exception {
        List<String> known = new ArrayList<>();
        pipeline.show(run)
                .path("files")
                .forEach(file -> known.add(file.path("key").asText()));
        assertThat(known).containsAll(pipeline.objects(run));
    }

    /** A pipeline of the point's mode, which has run once. */
    private static VersionedPipeline pipeline(KillPoint point) throws Exception {
        VersionedPipeline known = PIPELINES.get(point.pipeline());
        if (known != null) {
            return known;
        }
        VersionedPipeline.Verified verified = point.killed().equals("databricks")
                ? VersionedPipeline.Verified.EVERYWHERE
                : VersionedPipeline.Verified.IN_REDSHIFT;
        VersionedPipeline made = VersionedPipeline.make(point.pipeline(), point.mode(), directory, verified);
        made.version("first");
        SharedSandbox.Call first = made.run();
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        PIPELINES.put(point.pipeline(), made);
        return made;
    }

    private static void takeFaultsBack() throws Exception {
        for (String standIn : List.of("s3", "redshift")) {
            SandboxFaults.of(standIn).clear();
        }
    }

    @AfterAll
    static void printKills() throws Exception {
        StringBuilder text = new StringBuilder();
        COUNTS.forEach(
                (point, count) -> text.append(count).append("  ").append(point).append(System.lineSeparator()));
        int all = COUNTS.values().stream().mapToInt(Integer::intValue).sum();
        text.append(all).append("  kills").append(System.lineSeparator());
        System.out.println(text);
        Files.writeString(Common.home().resolve("target/kills.txt"), text.toString());
    }
}
