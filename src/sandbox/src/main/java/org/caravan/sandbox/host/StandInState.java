package org.caravan.sandbox.host;

/**
 * What is known of one stand-in.
 *
 * @param pid its process, 0 before it has one
 * @param port where it listens, 0 before it does
 * @param seconds how long it took to start
 * @param message why it failed or ended; else empty
 */
record StandInState(String name, Stage stage, long pid, int port, double seconds, String message) {
    enum Stage {
        WAITING,
        STARTING,
        READY,
        FAILED,
        ENDED,
        STOPPED
    }

    static StandInState waiting(String name) {
        return new StandInState(name, Stage.WAITING, 0, 0, 0, "");
    }

    StandInState starting(long process) {
        return new StandInState(name, Stage.STARTING, process, 0, 0, "");
    }

    StandInState ready(int listening, double after) {
        return new StandInState(name, Stage.READY, pid, listening, after, "");
    }

    StandInState failed(String why) {
        return new StandInState(name, Stage.FAILED, pid, port, seconds, why);
    }

    /** It ended by itself, although nobody had asked it to. */
    StandInState ended(String why) {
        return new StandInState(name, Stage.ENDED, pid, port, seconds, why);
    }

    StandInState stopped() {
        return new StandInState(name, Stage.STOPPED, pid, port, seconds, message);
    }
}
