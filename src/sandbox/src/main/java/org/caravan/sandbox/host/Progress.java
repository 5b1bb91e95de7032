package org.caravan.sandbox.host;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Prints a line for each stand-in that is starting, ready or failed; each line once. */
final class Progress {
    private final PrintWriter out;
    private final Map<String, StandInState.Stage> printed = new HashMap<>();

    Progress(PrintWriter out) {
        this.out = out;
    }

    synchronized void show(SandboxState state) {
        state.standIns().forEach(this::show);
    }

    private void show(StandInState standIn) {
        if (standIn.stage() == printed.put(standIn.name(), standIn.stage())) {
            return;
        }
        switch (standIn.stage()) {
            case WAITING, STOPPED -> {}
            case STARTING -> line(standIn, "starting");
            case READY -> line(standIn, String.format(Locale.ROOT, "ready    %5.1f s", standIn.seconds()));
            case FAILED -> line(standIn, "failed");
            case ENDED -> line(standIn, "ended");
        }
    }

    private void line(StandInState standIn, String what) {
        out.printf("  %-11s %s%n", standIn.name(), what);
        out.flush();
    }
}
