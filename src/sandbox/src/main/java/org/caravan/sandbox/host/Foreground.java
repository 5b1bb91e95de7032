package org.caravan.sandbox.host;

import java.util.Map;
import org.caravan.sandbox.StandIn;

/** Supervises a sandbox in this process, until the owner at the other end of standard input ends, or a signal comes. */
final class Foreground {
    private final Supervisor supervisor;

    Foreground(SandboxDirectory directory, SandboxRequest request, Progress progress) {
        this.supervisor = new Supervisor(directory, request, progress::show);
    }

    /** Prints the JSON line when all is ready; returns only by a failure, and ends the process when the owner ends. */
    void run() {
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "sandbox-stop"));
        Thread owner = new Thread(
                () -> {
                    StandIn.awaitOwner();
                    System.exit(0);
                },
                "sandbox-owner");
        owner.setDaemon(true);
        owner.start();
        Map<String, Object> connections = supervisor.start();
        System.out.println(Json.line(connections));
        System.out.flush();
        join(owner);
    }

    private static void join(Thread owner) {
        try {
            owner.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
