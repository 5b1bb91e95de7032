package org.caravan.sandbox.host;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The supervisor's view of its sandbox, written to the directory and told to a listener at every change. Thread-safe. */
final class Board {
    private final SandboxDirectory directory;
    private final String scale;
    private final Consumer<SandboxState> listener;
    private final long startedMillis = SandboxState.startMillis(ProcessHandle.current());
    private final Map<String, StandInState> standIns = new LinkedHashMap<>();
    private SandboxState.Phase phase = SandboxState.Phase.STARTING;
    private int controlPort;
    private String error = "";

    Board(SandboxDirectory directory, SandboxRequest request, Consumer<SandboxState> listener) {
        this.directory = directory;
        this.scale = request.scale().toString();
        this.listener = listener;
        request.standIns().forEach(name -> standIns.put(name, StandInState.waiting(name)));
    }

    synchronized void change(String standIn, UnaryOperator<StandInState> change) {
        standIns.computeIfPresent(standIn, (name, state) -> change.apply(state));
        publish();
    }

    /** @param control where the supervisor takes orders */
    synchronized void starting(int control) {
        controlPort = control;
        publish();
    }

    synchronized void ready() {
        phase = SandboxState.Phase.READY;
        publish();
    }

    synchronized void failed(String why) {
        phase = SandboxState.Phase.FAILED;
        error = why;
        publish();
    }

    /** All processes have ended; a failure stays one. */
    synchronized void stopped() {
        if (phase != SandboxState.Phase.FAILED) {
            phase = SandboxState.Phase.STOPPED;
        }
        standIns.replaceAll((name, state) -> isOver(state) ? state : state.stopped());
        publish();
    }

    private static boolean isOver(StandInState state) {
        return state.stage() == StandInState.Stage.FAILED || state.stage() == StandInState.Stage.ENDED;
    }

    /** What is known of a stand-in now. */
    synchronized StandInState of(String standIn) {
        return standIns.get(standIn);
    }

    private void publish() {
        SandboxState state = new SandboxState(
                phase,
                ProcessHandle.current().pid(),
                startedMillis,
                controlPort,
                scale,
                error,
                List.copyOf(standIns.values()));
        state.write(directory);
        listener.accept(state);
    }
}
