package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, which can be killed. Ends when it is closed. */
final class CaravanProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

    private final Process process;
    private final Path out;
    private final Path err;

    CaravanProcess(Path directory, String... arguments) throws IOException {
        this.out = Files.createTempFile(directory, "process", ".out");
        this.err = Files.createTempFile(directory, "process", ".err");
        // Before the product is packaged there is no folder of its libraries.
        boolean packaged = Files.isDirectory(Common.home().resolve("target/lib"));
        List<String> command = new ArrayList<>(packaged ? launcher() : classPath());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CARAVAN_BUILD",
                        "never",
                        "CARAVAN_OPTS",
                        String.join(" ", OPTIONS),
                        "JAVA_HOME",
                        System.getProperty("java.home")));
        this.process = builder.start();
    }

    /** What is packaged, with the archive of its classes: a process starts with half of the processor time. */
    private static List<String> launcher() {
        return List.of("sh", Common.home().resolve("caravan").toString());
    }

    private static List<String> classPath() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-Dcaravan.home=" + Common.home().toAbsolutePath()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Caravan.class.getName()));
        return command;
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
