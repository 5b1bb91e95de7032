package org.caravan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes with one PostgreSQL, killed in turn in the midst of a run, after it has staged: the other goes on with that run. About a minute of times five seconds apart; with {@code
 * -Dcaravan.schedule.campaign=30} so many minutes of times a minute apart.
 */
class TwoNodesIT {
    private static final int CAMPAIGN = Integer.getInteger("caravan.schedule.campaign", 0);
    private static final boolean SHORT = CAMPAIGN == 0;
    private static final String CRON = SHORT ? "0/5 * * * * ?" : "0 * * * * ?";
    private static final Duration APART = SHORT ? Duration.ofSeconds(5) : Duration.ofMinutes(1);
    private static final int KILLS = SHORT ? 2 : CAMPAIGN / 4;
    /** How many runs end before the next kill. */
    private static final int QUIET = SHORT ? 1 : 3;

    private static final Duration PATIENCE = Duration.ofMinutes(SHORT ? 2 : 5);

    @TempDir
    private Path directory;

    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private final Map<Integer, ScheduleNode> nodes = new ConcurrentHashMap<>();
    private int started;

    /** A line that a node said. */
    private record Said(int node, String line) {}

    @Test
    void runEachTimeOnceAndGoOnWithARunWhoseNodeWasKilled() throws Exception {
        Map<String, String> killed = new TreeMap<>();
        try (ScheduleDatabase database = new ScheduleDatabase(directory)) {
            String url = database.url();
            start(url);
            start(url);
            for (int kill = 0; kill < KILLS; kill++) {
                for (int i = 0; i < QUIET; i++) {
                    next("end ");
                }
                Said begun = next("begin ");
                nodes.remove(begun.node()).kill();
                String due = begun.line().split(" ", -1)[1];
                String run = begun.line().split(" ", -1)[3];
                String part = begun.line().split(" ", -1)[4];
                killed.put(due, run);

                Said again = next("begin " + due);
                assertThat(again.node()).isNotEqualTo(begun.node());
                assertThat(again.line())
                        .as("it goes on with the run that was killed, and with its files")
                        .isEqualTo("begin " + due + " " + run + " " + run + " " + part);
                next("end " + due);
                start(url);
            }
            caughtUp(database);
            nodes.values().forEach(ScheduleNode::close);

            check(database, killed);
        } finally {
            nodes.values().forEach(ScheduleNode::close);
        }
    }

    /** Waits until the last time that was due is done. */
    private void caughtUp(ScheduleDatabase database) {
        await().atMost(PATIENCE).until(() -> {
            String last = database.rows("SELECT MAX(fire) FROM caravan_fire WHERE state = 'done'")
                    .get(0)
                    .get(0);
            return Instant.parse(last).isAfter(Instant.now().minus(APART));
        });
    }

    private static void check(ScheduleDatabase database, Map<String, String> killed) throws Exception {
        List<List<String>> fires =
                database.rows("SELECT f.fire, f.state, f.attempts, r.state, f.run_id FROM caravan_fire f LEFT JOIN"
                        + " caravan_run r ON r.run_id = f.run_id WHERE f.state <> 'taken' ORDER BY f.fire");
        Instant first = Instant.parse(fires.get(0).get(0));
        for (int i = 0; i < fires.size(); i++) {
            String due = first.plus(APART.multipliedBy(i)).toString();
            assertThat(fires.get(i).subList(0, 4))
                    .containsExactly(due, "done", killed.containsKey(due) ? "2" : "1", "done");
        }
        assertThat(fires).extracting(row -> row.get(4)).doesNotHaveDuplicates();
        assertThat(database.rows("SELECT fire, run_id FROM caravan_fire WHERE attempts = 2 ORDER BY fire"))
                .as("the only run of each of these times is the one that was killed")
                .isEqualTo(killed.entrySet().stream()
                        .map(fire -> List.of(fire.getKey(), fire.getValue()))
                        .toList());
        assertThat(database.rows("SELECT run_id FROM caravan_run WHERE state = 'interrupted'"))
                .isEmpty();
        assertThat(database.rows("SELECT run_id FROM caravan_resumption WHERE run_id = interrupted AND anew IS NULL AND"
                        + " pid <> pid_before ORDER BY run_id"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(killed.values());
        // A run that was under way when the nodes were closed may have ended without its time being noted.
        assertThat(database.rows("SELECT run_id FROM caravan_run WHERE state = 'done'"))
                .hasSizeBetween(fires.size(), fires.size() + 1);
    }

    private void start(String url) throws IOException {
        int number = ++started;
        ScheduleNode node = new ScheduleNode(url, CRON);
        nodes.put(number, node);
        Thread reader = new Thread(() -> read(number, node), "node-" + number);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(int number, ScheduleNode node) {
        try {
            for (Optional<String> line = node.says(); line.isPresent(); line = node.says()) {
                said.add(new Said(number, line.get()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line with a beginning, of a node that was not killed. */
    private Said next(String beginning) throws InterruptedException {
        while (true) {
            Said line = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(line).as("nothing began with '" + beginning + "'").isNotNull();
            if (line.line().startsWith(beginning) && nodes.containsKey(line.node())) {
                return line;
            }
        }
    }
}
