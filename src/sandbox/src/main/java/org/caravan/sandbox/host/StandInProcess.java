package org.caravan.sandbox.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stand-in's process. It lives as long as this object's process does, at most: its standard input is a pipe whose other end is
 * here, and it stops when that closes.
 *
 * <p>The owner calls {@link #close()}, from any thread, any number of times.
 */
final class StandInProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

    private final StandInSpec spec;
    private final Path log;
    private final Process process;

    private StandInProcess(StandInSpec spec, Path log, Process process) {
        this.spec = spec;
        this.log = log;
        this.process = process;
    }

    /** Starts the process; {@link #awaitReady()} tells when it serves. */
    static StandInProcess launch(StandInSpec spec, SandboxDirectory directory) {
        List<String> options = new ArrayList<>(spec.jvmOptions());
        options.add("-XX:+UseSerialGC");
        options.add("-XX:+ExitOnOutOfMemoryError");
        options.addAll(spec.moreOptions(System.getenv()));
        List<String> command = new JavaCommand(directory, spec.name()).of(options, spec.mainClass(), spec.arguments());
        Path log = directory.log(spec.name());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.root().toFile())
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()));
        JavaCommand.cleanEnvironment(builder.environment());
        try {
            return new StandInProcess(spec, log, builder.start());
        } catch (IOException e) {
            throw new SandboxFailure(spec.name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Completes with the exit code when the process ends. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Waits for the ready line and answers its facts. */
    Map<String, Object> awaitReady() {
        CompletableFuture<Map<String, Object>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> readLine(line), spec.name() + "-ready");
        reader.setDaemon(true);
        reader.start();
        try {
            Map<String, Object> facts = line.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
            if (!Boolean.TRUE.equals(facts.get("ready"))) {
                throw failure(String.valueOf(facts.get("error")));
            }
            return facts;
        } catch (TimeoutException e) {
            throw failure("not ready after " + READY_WITHIN.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw failure(e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while it started");
        }
    }

    private void readLine(CompletableFuture<Map<String, Object>> line) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = out.readLine();
            if (first == null) {
                throw new IOException("it ended with exit code " + process.waitFor() + " before it was ready");
            }
            line.complete(Json.object(first));
            while (out.readLine() != null) {
                // A stand-in says nothing more here; were it to, it must not block.
            }
        } catch (IOException e) {
            line.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            line.completeExceptionally(e);
        }
    }

    private SandboxFailure failure(String why) {
        return new SandboxFailure(spec.name() + " did not start: " + why + "\n" + LogTail.of(log));
    }

    /** Ends the process as {@code kill -9} would, and waits until it has ended. */
    void kill() {
        try {
            process.destroyForcibly().waitFor(KILLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Closes the pipe, and waits until the process has ended; kills it when it does not. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A pipe that cannot be closed has no other end any more.
        }
        try {
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        spec.name() + " did not stop within " + STOP_WITHIN.toSeconds() + " seconds and is killed");
                process.destroyForcibly().waitFor(KILLED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
