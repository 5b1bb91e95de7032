package org.caravan.cli;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What this process does when it is told to end (SIGTERM, Ctrl-C): its runs stop, and then the command ends by itself, with its own
 * exit code. Thread-safe.
 */
final class StopSignal {
    /** After which the process ends whatever its runs do; the next run settles what they left. */
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private static final Set<Host> HOSTS = ConcurrentHashMap.newKeySet();
    private static final CountDownLatch ENDED = new CountDownLatch(1);
    private static volatile boolean given;
    private static volatile int exitCode;

    private StopSignal() {}

    /** Listens from now on. To be called once, by the process' main. */
    static void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(StopSignal::stop, "caravan-stop"));
    }

    /** Stops the runs of a host too if the process is told to end. */
    static void watch(Host host) {
        HOSTS.add(host);
        if (given) {
            host.stopRuns();
        }
    }

    /** Whether the process is told to end. */
    static boolean isGiven() {
        return given;
    }

    static void forget(Host host) {
        HOSTS.remove(host);
    }

    /** Notes that the command has ended, by which the process may. */
    static void ended(int code) {
        exitCode = code;
        ENDED.countDown();
    }

    private static void stop() {
        if (ENDED.getCount() == 0) {
            // The usual end of the process.
            return;
        }
        given = true;
        HOSTS.forEach(Host::stopRuns);
        boolean ended = false;
        try {
            ended = ENDED.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The exit code of a process that a signal ends would be the signal's.
        Runtime.getRuntime().halt(ended ? exitCode : org.caravan.ledger.Category.INTERRUPTED.exitCode());
    }
}
