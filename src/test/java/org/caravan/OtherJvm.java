package org.caravan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small JVM beside that of the tests, with the same class path, that says lines on its standard output. Ends when it is closed. */
public final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    /** Starts a class with a main method. */
    public OtherJvm(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next line that the process says; waits for it. */
    public Optional<String> says() throws IOException {
        return Optional.ofNullable(out.readLine());
    }

    /** Kills the process, as an operating system does that has no memory left. */
    public void kill() throws InterruptedException {
        // Not the process itself: that would close the stream of what it said last.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
