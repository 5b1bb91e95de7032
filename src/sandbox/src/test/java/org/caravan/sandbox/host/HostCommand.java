package org.caravan.sandbox.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sandbox's command line, run as its users run it: as a process of its own. */
final class HostCommand implements AutoCloseable {
    private static final int MINUTES = 2;

    private final Process process;
    private final Path errors;

    private HostCommand(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** What a command that has ended said. */
    record Result(int exitCode, String out, String err) {
        Map<String, Object> json() throws IOException {
            return Json.object(out);
        }
    }

    static HostCommand start(SandboxDirectory directory, String... arguments) throws IOException {
        Files.createDirectories(directory.root());
        Path errors = Files.createTempFile("sandbox-command", ".err");
        List<String> command = new JavaCommand(directory, "command").of(
                List.of("-XX:TieredStopAtLevel=1", "-Xmx64m", "-XX:+UseSerialGC"),
                Sandbox.class.getName(),
                Stream.concat(Stream.of(arguments), Stream.of("--dir", directory.root().toString())).toList());
        return new HostCommand(new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** Runs a command to its end. */
    static Result run(SandboxDirectory directory, String... arguments) throws IOException, InterruptedException {
        try (HostCommand command = start(directory, arguments)) {
            String out = new String(command.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!command.process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("still running: " + String.join(" ", arguments));
            }
            return new Result(command.process.exitValue(), out, Files.readString(command.errors));
        }
    }

    /** The one line that {@code up --foreground} prints. */
    Map<String, Object> awaitReady() throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("the command ended and said: " + Files.readString(errors));
        }
        return Json.object(line);
    }

    void closeStandardInput() throws IOException {
        process.getOutputStream().close();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(errors);
    }
}
