package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests share a directory, so that data are made once; each starts a sandbox in it and leaves none. */
class SandboxLifeTest {
    private static final String[] UP = {"up", "--only", "s3,source", "--scale", "0.01"};
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(20);

    @TempDir
    static Path root;

    private final SandboxDirectory directory = new SandboxDirectory(root);

    @AfterEach
    void leaveNothing() throws Exception {
        HostCommand.run(directory, "down");
        await().atMost(ENDED_WITHIN)
                .untilAsserted(() -> assertThat(processesIn(root)).isEmpty());
    }

    @Test
    void goesUpOnceAndDown() throws Exception {
        HostCommand.Result first = HostCommand.run(directory, with(UP, "--json"));
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.json()).containsEntry("dir", root.toString()).containsEntry("scale", "0.01");
        assertThat(first.err()).contains("s3").contains("source").contains("ready");
        assertThat(rowCount(section(first.json(), "source"), "nation")).isEqualTo(25);

        assertThat(Files.readString(directory.settings())).startsWith("# These are stand-ins");
        for (Path secret : List.of(directory.credentials(), directory.connections(), directory.settings())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .as(secret.toString())
                    .isEqualTo("rw-------");
        }

        HostCommand.Result second = HostCommand.run(directory, with(UP, "--json"));
        assertThat(second.exitCode()).isZero();
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(Json.object(Files.readString(directory.connections()))).isEqualTo(first.json());

        HostCommand.Result other = HostCommand.run(directory, "up", "--only", "s3,source", "--scale", "0.02");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("at scale 0.01, not 0.02");
        assertThat(HostCommand.run(directory, with(UP, "--fresh")).exitCode()).isEqualTo(2);

        HostCommand.Result status = HostCommand.run(directory, "status", "--json");
        assertThat(status.exitCode()).isZero();
        assertThat(status.json())
                .containsEntry("up", true)
                .containsEntry("pid", first.json().get("pid"));
        assertThat(HostCommand.run(directory, "status").out()).contains("s3", "source", "ready");

        assertThat(HostCommand.run(directory, "down").exitCode()).isZero();
        assertThat(processesIn(root)).isEmpty();
        assertThat(directory.connections()).doesNotExist();
        assertThat(directory.settings()).doesNotExist();
        assertThat(HostCommand.run(directory, "status").exitCode()).isEqualTo(1);
        assertThat(HostCommand.run(directory, "down").exitCode()).isZero();
    }

    @Test
    void leavesNoProcessWhenItsSupervisorIsKilled() throws Exception {
        try (HostCommand sandbox = HostCommand.start(directory, with(UP, "--foreground"))) {
            sandbox.awaitReady();
            Set<ProcessHandle> all = new Processes(directory)
                    .all(SandboxState.ofLiving(directory).orElseThrow());
            // The supervisor, two stand-ins, and a PostgreSQL server with its helpers.
            assertThat(all).hasSizeGreaterThan(5);

            sandbox.handle().destroyForcibly();

            await().atMost(ENDED_WITHIN).untilAsserted(() -> {
                assertThat(all).noneMatch(ProcessHandle::isAlive);
                assertThat(processesIn(root)).isEmpty();
            });
            assertThat(HostCommand.run(directory, "status").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void keepsItsDataWhenItsSupervisorIsKilledAndEndsWithItsOwner() throws Exception {
        Map<String, Object> before;
        try (HostCommand sandbox = HostCommand.start(directory, with(UP, "--foreground"))) {
            before = section(sandbox.awaitReady(), "source");
            sandbox.handle().destroyForcibly();
        }
        // At once: the killed sandbox's servers are still ending.
        try (HostCommand sandbox = HostCommand.start(directory, with(UP, "--foreground"))) {
            Map<String, Object> after = section(sandbox.awaitReady(), "source");

            assertThat(after).containsEntry("password", before.get("password"));
            assertThat(rowCount(after, "lineitem")).isEqualTo(60_175);

            sandbox.closeStandardInput();

            await().atMost(ENDED_WITHIN)
                    .untilAsserted(() -> assertThat(processesIn(root)).isEmpty());
        }
    }

    @Test
    void showsAStandInThatEndedByItself() throws Exception {
        try (HostCommand sandbox = HostCommand.start(directory, with(UP, "--foreground"))) {
            sandbox.awaitReady();
            SandboxState state = SandboxState.ofLiving(directory).orElseThrow();
            StandInState s3 = state.standIns().stream()
                    .filter(standIn -> standIn.name().equals("s3"))
                    .findFirst()
                    .orElseThrow();

            ProcessHandle.of(s3.pid()).orElseThrow().destroyForcibly();

            await().atMost(ENDED_WITHIN).untilAsserted(() -> {
                HostCommand.Result status = HostCommand.run(directory, "status");
                assertThat(status.exitCode()).isEqualTo(1);
                assertThat(status.out())
                        .contains(
                                "s3 ended by itself with exit code",
                                directory.log("s3").toString());
            });
            HostCommand.Result up = HostCommand.run(directory, UP);
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.err()).contains("s3 ended by itself");
        }
    }

    @Test
    void stopsEverythingWhenAStandInDoesNotStart(@TempDir Path other) throws Exception {
        SandboxDirectory broken = new SandboxDirectory(other);
        Files.writeString(broken.data("s3"), "a file where a directory should be");

        HostCommand.Result up = HostCommand.run(broken, "up", "--only", "s3");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .contains(
                        "s3 did not start: ",
                        broken.data("s3").toString(),
                        broken.log("s3").toString());
        assertThat(up.out()).isEmpty();
        await().atMost(ENDED_WITHIN)
                .untilAsserted(() -> assertThat(processesIn(other)).isEmpty());
    }

    private static String[] with(String[] arguments, String more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> json, String name) {
        return (Map<String, Object>) json.get(name);
    }

    private static long rowCount(Map<String, Object> source, String table) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        source.get("url").toString(),
                        source.get("user").toString(),
                        source.get("password").toString());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Processes that were started with, or work in, the directory: seen from outside, without what the host knows of itself. */
    private static List<String> processesIn(Path where) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> read(process.resolve("cmdline")).contains(where.toString())
                            || linkTarget(process.resolve("cwd")).startsWith(where.toString()))
                    .map(process -> process.getFileName() + " "
                            + read(process.resolve("cmdline")).replace('\0', ' '))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static String linkTarget(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
