package org.caravan.sandbox.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a supervisor that outlives this process, and waits until a sandbox is ready. */
final class Launcher {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Duration POLL = Duration.ofMillis(100);

    private final SandboxDirectory directory;
    private final Progress progress;

    Launcher(SandboxDirectory directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Starts a supervisor in a session of its own, so that the end of this terminal is not its end. */
    ProcessHandle launch(SandboxRequest request) {
        directory.create();
        List<String> arguments = new ArrayList<>(List.of(
                "supervise",
                "--dir",
                directory.root().toString(),
                "--scale",
                request.scale().toString(),
                "--only",
                String.join(",", request.standIns()),
                "--redshift",
                request.flavour()));
        if (request.data() == SandboxRequest.Data.DELETE) {
            arguments.add("--fresh");
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(new JavaCommand(directory, "sandbox")
                .of(
                        List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        Sandbox.class.getName(),
                        arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start()
                    .toHandle();
        } catch (IOException e) {
            throw new SandboxFailure("the supervisor cannot be started: " + e.getMessage(), e);
        }
    }

    /** Waits until the sandbox of this supervisor is ready; answers how to reach it. */
    Map<String, Object> awaitReady(ProcessHandle supervisor) {
        while (true) {
            boolean alive = supervisor.isAlive();
            Optional<SandboxState> state = SandboxState.read(directory).filter(read -> read.pid() == supervisor.pid());
            state.ifPresent(progress::show);
            if (state.filter(read -> read.phase() == SandboxState.Phase.READY).isPresent() && alive) {
                return connections();
            }
            if (!alive) {
                throw new SandboxFailure(state.map(SandboxState::error)
                        .filter(error -> !error.isEmpty())
                        .orElse("the supervisor ended before the sandbox was ready\n" + LogTail.of(log())));
            }
            pause(supervisor);
        }
    }

    private Map<String, Object> connections() {
        try {
            return Json.object(Files.readString(directory.connections()));
        } catch (IOException e) {
            throw new SandboxFailure(directory.connections() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path log() {
        return directory.log("sandbox");
    }

    private static void pause(ProcessHandle supervisor) {
        try {
            supervisor.onExit().get(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It still runs.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted while the sandbox started");
        }
    }
}
