package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher as a process of its own, which becomes the JVM and can be killed. Ends when it is closed. */
final class CaravanProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    CaravanProcess(Path directory, String... arguments) throws IOException {
        this.out = Files.createTempFile(directory, "process", ".out");
        this.err = Files.createTempFile(directory, "process", ".err");
        List<String> command =
                new ArrayList<>(List.of("sh", Common.home().resolve("caravan").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CARAVAN_BUILD",
                        "never",
                        "CARAVAN_OPTS",
                        "-Xmx128m -XX:TieredStopAtLevel=1",
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        this.process = builder.start();
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end, and gives the exit code. */
    int exitCode(Duration limit) throws InterruptedException, IOException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("The process has not ended within " + limit + ": " + said());
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    /** All that it said. */
    String said() throws IOException {
        return out() + Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
