package org.caravan.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands its arguments to the sandbox's own command line. */
@Command(
        name = "sandbox",
        description =
                "Start, stop, look at, kill or restart the local stand-ins: up, down, status, kill, restart (each with --help).")
final class SandboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Every verb takes these; the stand-ins have no routes and settings of their own. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private Common common;

    @Unmatched
    private List<String> arguments;

    @Override
    public Integer call() {
        try {
            return Sandbox.command(arguments);
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }
}
