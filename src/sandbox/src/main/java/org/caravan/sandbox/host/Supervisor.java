package org.caravan.sandbox.host;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Starts the stand-ins of one sandbox, each as early as it can be, and stops them together.
 *
 * <p>One supervisor a directory, for which it holds a lock. {@link #start()} is called once; {@link #stop()} from any thread, any
 * number of times, and returns when all processes have ended. When the supervisor's process is killed, its stand-ins end too.
 */
final class Supervisor {
    private final SandboxDirectory directory;
    private final SandboxRequest request;
    private final Board board;
    private final Map<String, StandInProcess> processes = new LinkedHashMap<>();
    private Optional<SandboxLock> lock = Optional.empty();
    private volatile boolean stopping;

    /** @param listener told at every change of state, in the thread that makes it */
    Supervisor(SandboxDirectory directory, SandboxRequest request, Consumer<SandboxState> listener) {
        this.directory = directory;
        this.request = request;
        this.board = new Board(directory, request, listener);
    }

    /**
     * Starts everything, and writes how to reach it to the directory.
     *
     * @return how to reach the stand-ins, as JSON
     * @throws SandboxFailure if a stand-in does not start; then all have been stopped
     */
    Map<String, Object> start() {
        directory.create();
        synchronized (processes) {
            lock = Optional.of(SandboxLock.take(directory));
        }
        try {
            directory.clearTemporary();
            if (request.data() == SandboxRequest.Data.DELETE) {
                StandInSpecs.ALL.forEach(name -> SandboxDirectory.delete(directory.data(name)));
            }
            board.starting();
            Credentials credentials = Credentials.of(directory);
            Map<String, Map<String, Object>> facts = launch(credentials);
            Connections connections = new Connections(directory, credentials, facts);
            Map<String, Object> json = connections.json(request.scale().toString());
            PrivateFiles.write(directory.settings(), connections.settings());
            PrivateFiles.write(directory.connections(), Json.pretty(json));
            board.ready();
            return json;
        } catch (SandboxFailure e) {
            board.failed(e.getMessage());
            stop();
            throw e;
        }
    }

    private Map<String, Map<String, Object>> launch(Credentials credentials) {
        StandInSpecs specs = new StandInSpecs(directory, credentials);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<String, CompletableFuture<Map<String, Object>>> starts = new LinkedHashMap<>();
            // The slowest first; Redshift needs to know where S3 is.
            starting(starts, StandInSpecs.DATABRICKS, specs::databricks, threads);
            starting(starts, StandInSpecs.S3, specs::s3, threads);
            starting(
                    starts,
                    StandInSpecs.SOURCE,
                    () -> specs.source(request.scale().toString()),
                    threads);
            if (request.wants(StandInSpecs.REDSHIFT)) {
                starts.put(
                        StandInSpecs.REDSHIFT,
                        starts.get(StandInSpecs.S3)
                                .thenApplyAsync(s3 -> run(specs.redshift(s3, request.flavour())), threads));
            }
            List<CompletableFuture<?>> all = new ArrayList<>(starts.values());
            if (request.wants(StandInSpecs.REDSHIFT) && request.wants(StandInSpecs.DATABRICKS)) {
                all.add(starts.get(StandInSpecs.DATABRICKS)
                        .thenCombineAsync(
                                starts.get(StandInSpecs.REDSHIFT),
                                (databricks, redshift) -> federate(databricks, redshift, credentials),
                                threads));
            }
            awaitAllOrFirstFailure(all);
            Map<String, Map<String, Object>> facts = new LinkedHashMap<>();
            starts.forEach((name, start) -> facts.put(name, start.join()));
            return facts;
        } finally {
            threads.shutdownNow();
        }
    }

    private void starting(
            Map<String, CompletableFuture<Map<String, Object>>> starts,
            String name,
            Supplier<StandInSpec> spec,
            ExecutorService threads) {
        if (request.wants(name)) {
            starts.put(name, CompletableFuture.supplyAsync(() -> run(spec.get()), threads));
        }
    }

    private static void awaitAllOrFirstFailure(List<CompletableFuture<?>> all) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).thenAccept(end::complete);
        for (CompletableFuture<?> each : all) {
            each.exceptionally(problem -> {
                end.completeExceptionally(problem);
                return null;
            });
        }
        try {
            end.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
            throw cause instanceof SandboxFailure failure
                    ? failure
                    : new SandboxFailure("the sandbox failed: " + cause, cause);
        }
    }

    private Map<String, Object> run(StandInSpec spec) {
        Instant begun = Instant.now();
        StandInProcess process;
        synchronized (processes) {
            if (stopping) {
                throw new SandboxFailure("the sandbox was stopped while it started");
            }
            process = StandInProcess.launch(spec, directory);
            processes.put(spec.name(), process);
        }
        board.change(spec.name(), state -> state.starting(process.pid()));
        process.ended().thenAccept(code -> noticeEnd(spec.name(), code));
        try {
            Map<String, Object> facts = process.awaitReady();
            double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
            int port = ((Number) facts.get("port")).intValue();
            board.change(
                    spec.name(),
                    state -> state.stage() == StandInState.Stage.STARTING ? state.ready(port, seconds) : state);
            return facts;
        } catch (SandboxFailure e) {
            board.change(spec.name(), state -> stopping ? state.stopped() : state.failed(e.getMessage()));
            throw e;
        }
    }

    private void noticeEnd(String name, int code) {
        if (stopping) {
            return;
        }
        String why = name + " ended by itself with exit code " + code + "; its log is " + directory.log(name);
        board.change(name, state -> {
            if (state.stage() != StandInState.Stage.READY) {
                return state;
            }
            System.err.println(Instant.now() + " " + why);
            return state.ended(why);
        });
    }

    private static boolean federate(
            Map<String, Object> databricks, Map<String, Object> redshift, Credentials credentials) {
        int redshiftPort = ((Number) redshift.get("port")).intValue();
        new RedshiftSetup(redshiftPort, credentials).createStagingSchema();
        new DatabricksSetup(((Number) databricks.get("port")).intValue(), credentials.databricksAdminToken())
                .federate(redshiftPort, credentials);
        return true;
    }

    /** Stops all stand-ins, at the same time, and waits until they have ended. */
    void stop() {
        synchronized (processes) {
            if (lock.isEmpty()) {
                return;
            }
            stopping = true;
            List<Thread> closers = processes.values().stream()
                    .map(process -> new Thread(process::close, "stop-" + process.pid()))
                    .toList();
            closers.forEach(Thread::start);
            for (Thread closer : closers) {
                join(closer);
            }
            processes.clear();
            forget();
            board.stopped();
            lock.get().close();
            lock = Optional.empty();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(directory.connections());
            Files.deleteIfExists(directory.settings());
        } catch (IOException e) {
            System.err.println("the connection files in " + directory.root() + " cannot be deleted: " + e.getMessage());
        }
    }
}
