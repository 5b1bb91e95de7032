package org.caravan.sandbox.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a sandbox; its data stay. */
@Command(
        name = "down",
        description = "Stops the stand-ins and waits until all their processes have ended; the data stay.")
final class DownCommand implements Callable<Integer> {
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(40);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(20);

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        SandboxDirectory directory = common.directory();
        Optional<SandboxState> state = SandboxState.ofLiving(directory);
        if (state.isEmpty()) {
            spec.commandLine().getOut().println("No sandbox is up in " + directory.root());
            return 0;
        }
        Set<ProcessHandle> processes = new Processes(directory).all(state.get());
        state.flatMap(SandboxState::supervisor).ifPresent(ProcessHandle::destroy);
        if (!awaitEnd(processes, STOPPED_WITHIN)) {
            // The stand-ins end with their supervisor, and their servers with them.
            state.flatMap(SandboxState::supervisor).ifPresent(ProcessHandle::destroyForcibly);
            if (!awaitEnd(processes, KILLED_WITHIN)) {
                List<Long> left = processes.stream()
                        .filter(ProcessHandle::isAlive)
                        .map(ProcessHandle::pid)
                        .toList();
                throw new SandboxFailure("these processes of the sandbox in " + directory.root() + " did not end: "
                        + left + "; the logs are in " + directory.logs());
            }
        }
        spec.commandLine().getOut().println("The sandbox in " + directory.root() + " is down; its data stay there.");
        return 0;
    }

    private static boolean awaitEnd(Set<ProcessHandle> processes, Duration limit) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SandboxFailure("waiting for the sandbox's end failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted while the sandbox stopped", e);
        }
    }
}
