package org.caravan.sandbox.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The sandbox's command line; one that stays in the foreground runs as a process of its own. */
final class HostCommand implements AutoCloseable {
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
        List<String> command = new JavaCommand(directory, "command")
                .of(
                        List.of("-XX:TieredStopAtLevel=1", "-Xmx64m", "-XX:+UseSerialGC"),
                        Sandbox.class.getName(),
                        withDirectory(directory, arguments));
        return new HostCommand(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** Runs a command on this directory to its end, in this process. */
    static Result run(SandboxDirectory directory, String... arguments) {
        return run(withDirectory(directory, arguments));
    }

    /** Runs a command to its end, in this process. */
    static Result run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Sandbox.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    private static List<String> withDirectory(SandboxDirectory directory, String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--dir", directory.root().toString()))
                .toList();
    }

    /** The one line that {@code up --foreground} prints. */
    Map<String, Object> awaitReady() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
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
