package org.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a process to its end and measures it. The process is the child of a shell, whose {@code times} tells its processor time to
 * the hundredth of a second after it has ended. One runs at a time; it ends with this process.
 */
final class ChildProcess {
    private static final String SCRIPT = "\"$@\"; code=$?; times > \"$BENCH_TIMES\"; exit $code";
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final int STOP_SECONDS = 10;

    private final AtomicReference<Process> running = new AtomicReference<>();
    private final Path logs;
    private boolean closed;

    ChildProcess(Path logs) {
        this.logs = logs;
    }

    /**
     * Runs it.
     *
     * @param name of its logs, {@code <name>.out} and {@code <name>.err}
     */
    Measured run(String name, Invocation invocation) throws IOException, InterruptedException {
        Path out = logs.resolve(name + ".out");
        Path times = logs.resolve(name + ".times");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh"));
        command.addAll(invocation.command());
        ProcessBuilder builder = builder(name, command, invocation.environment());
        builder.environment().put("BENCH_TIMES", times.toString());
        long begun = System.nanoTime();
        Process process = start(builder);
        try (MemoryWatch memory = new MemoryWatch(process.toHandle())) {
            process.getOutputStream().close();
            int exitCode = process.waitFor();
            double wall = (System.nanoTime() - begun) / 1e9;
            double cpu = Files.exists(times) ? cpuSeconds(Files.readString(times)) : 0;
            Files.deleteIfExists(times);
            return new Measured(exitCode, wall, cpu, memory.peakBytes(), Files.readString(out));
        } finally {
            stop();
        }
    }

    /** Starts one that goes on until it is closed. */
    Service start(String name, Invocation invocation) throws IOException {
        Process process = start(builder(name, invocation.command(), invocation.environment()));
        return new Service(process, List.of(logs.resolve(name + ".out"), logs.resolve(name + ".err")));
    }

    /** A process that goes on. */
    final class Service implements AutoCloseable {
        private final Process process;
        private final List<Path> output;

        private Service(Process process, List<Path> output) {
            this.process = process;
            this.output = output;
        }

        long pid() {
            return process.pid();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** What it has printed. */
        List<String> lines() throws IOException {
            List<String> lines = new ArrayList<>();
            for (Path file : output) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        }

        /** Ends it as an operator does. */
        @Override
        public void close() {
            process.destroy();
            stop();
        }
    }

    private ProcessBuilder builder(String name, List<String> command, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(logs);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(logs.resolve(name + ".out").toFile())
                .redirectError(logs.resolve(name + ".err").toFile());
        builder.environment().clear();
        builder.environment().putAll(Site.plainEnvironment());
        builder.environment().putAll(environment);
        return builder;
    }

    private synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new BenchFailure("The bench was stopped.");
        }
        Process process = builder.start();
        running.set(process);
        return process;
    }

    /** The sum of what {@code times} prints: the shell's and its children's time, in user and in system mode. */
    static double cpuSeconds(String times) {
        double sum = 0;
        Matcher each = TIME.matcher(times);
        while (each.find()) {
            sum += Integer.parseInt(each.group(1)) * 60 + Double.parseDouble(each.group(2));
        }
        return sum;
    }

    /** Ends the process that runs, if one does; none starts any more. Thread-safe. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        stop();
    }

    private void stop() {
        Optional.ofNullable(running.getAndSet(null)).filter(Process::isAlive).ifPresent(process -> {
            List<ProcessHandle> all = process.descendants().toList();
            all.forEach(ProcessHandle::destroy);
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    all.forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        });
    }
}
