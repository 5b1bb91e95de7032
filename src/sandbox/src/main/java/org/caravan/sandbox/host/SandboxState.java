package org.caravan.sandbox.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor last said of itself and of its stand-ins.
 *
 * @param phase how far the sandbox is
 * @param pid the supervisor's process
 * @param startedMillis when that process started, so that another one with the same id is not taken for it
 * @param controlPort where the supervisor takes orders
 * @param scale the source's scale
 * @param error why the sandbox failed; empty while it has not
 * @param standIns the stand-ins that belong to this sandbox
 */
record SandboxState(
        Phase phase,
        long pid,
        long startedMillis,
        int controlPort,
        String scale,
        String error,
        List<StandInState> standIns) {
    /** The clock that start times are computed from may be corrected between two readings. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    enum Phase {
        STARTING,
        READY,
        FAILED,
        STOPPED
    }

    SandboxState {
        standIns = List.copyOf(standIns);
    }

    /** The state that is kept in the directory, whether or not its supervisor still lives. */
    static Optional<SandboxState> read(SandboxDirectory directory) {
        return Json.read(directory.state(), SandboxState.class);
    }

    /** The state kept in the directory, if the supervisor that wrote it lives and has not given up. */
    static Optional<SandboxState> ofLiving(SandboxDirectory directory) {
        return read(directory)
                .filter(state -> state.phase() == Phase.STARTING || state.phase() == Phase.READY)
                .filter(state -> state.supervisor().isPresent());
    }

    /** The supervisor, if it lives. */
    Optional<ProcessHandle> supervisor() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSameProcess);
    }

    private boolean isSameProcess(ProcessHandle process) {
        return Math.abs(startMillis(process) - startedMillis) <= START_TOLERANCE.toMillis();
    }

    static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The stand-in of the name, if it belongs to this sandbox. */
    Optional<StandInState> standIn(String name) {
        return standIns.stream().filter(standIn -> standIn.name().equals(name)).findFirst();
    }

    void write(SandboxDirectory directory) {
        PrivateFiles.write(directory.state(), Json.pretty(this));
    }
}
