package org.caravan.sandbox.host;

/**
 * What is known of one stand-in.
 *
 * @param pid its process, 0 before it has one
 * @param port where it listens, 0 before it does
 * @param controlPort where it takes orders for faults, 0 before it does
 * @param seconds how long it took to start
 * @param message why it failed or ended; else empty
 */
record StandInState(String name, Stage stage, long pid, int port, int controlPort, double seconds, String message) {
    enum Stage {
        WAITING,
        STARTING,
        READY,
        FAILED,
        ENDED,
        STOPPED
    }

    static StandInState waiting(String name) {
        return new StandInState(name, Stage.WAITING, 0, 0, 0, 0, "");
    }

    StandInState starting(long process) {
        return new StandInState(name, Stage.STARTING, process, 0, 0, 0, "");
    }

    StandInState ready(int listening, int control, double after) {
        return new StandInState(name, Stage.READY, pid, listening, control, after, "");
    }

    StandInState failed(String why) {
        return new StandInState(name, Stage.FAILED, pid, port, controlPort, seconds, why);
    }

    /** It ended, by itself or because somebody killed it, while the sandbox is up. */
    StandInState ended(String why) {
        return new StandInState(name, Stage.ENDED, pid, port, controlPort, seconds, why);
    }

    StandInState stopped() {
        return new StandInState(name, Stage.STOPPED, pid, port, controlPort, seconds, message);
    }
}
