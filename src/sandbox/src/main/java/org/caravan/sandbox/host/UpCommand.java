package org.caravan.sandbox.host;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a sandbox, or finds that it is up. */
@Command(name = "up", description = "Starts the stand-ins and waits until they are ready; does nothing if they are.")
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private RequestOptions what;

    @Option(
            names = "--json",
            description = "Print how to reach the stand-ins, credentials included, as one JSON object.")
    private boolean json;

    @Option(
            names = "--foreground",
            description = "Stay, print the JSON object, and stop when standard input closes or on Ctrl-C.")
    private boolean foreground;

    @Override
    public Integer call() {
        SandboxDirectory directory = common.directory();
        SandboxRequest request = what.request(spec);
        Progress progress = new Progress(spec.commandLine().getErr());
        Launcher launcher = new Launcher(directory, progress);
        Optional<SandboxState> living = SandboxState.ofLiving(directory);
        if (living.isPresent()) {
            refuseOther(living.get(), request, directory);
            print(launcher.awaitReady(living.flatMap(SandboxState::supervisor)
                    .orElseThrow(() -> new SandboxFailure(
                            "the sandbox in " + directory.root() + " has just ended; say up again"))));
        } else if (foreground) {
            new Foreground(directory, request, progress).run();
        } else {
            print(launcher.awaitReady(launcher.launch(request)));
        }
        return 0;
    }

    private void refuseOther(SandboxState living, SandboxRequest request, SandboxDirectory directory) {
        String up = "a sandbox is up in " + directory.root() + " (process " + living.pid() + ")";
        String remedy = "; take it down first, or give another directory with --dir";
        if (!living.scale().equals(request.scale().toString())) {
            throw new ParameterException(
                    spec.commandLine(), up + " at scale " + living.scale() + ", not " + request.scale() + remedy);
        }
        List<String> names = living.standIns().stream().map(StandInState::name).toList();
        if (!names.containsAll(request.standIns())) {
            throw new ParameterException(
                    spec.commandLine(), up + " with " + names + ", not " + request.standIns() + remedy);
        }
        if (request.data() == SandboxRequest.Data.DELETE) {
            throw new ParameterException(spec.commandLine(), up + ", so its data cannot be deleted" + remedy);
        }
        living.standIns().stream()
                .filter(standIn -> standIn.stage() == StandInState.Stage.ENDED)
                .findFirst()
                .ifPresent(ended -> {
                    throw new SandboxFailure(up + ", but " + ended.message()
                            + "\nBring it back with restart, or take the sandbox down and up again");
                });
    }

    private void print(Map<String, Object> connections) {
        PrintWriter out = spec.commandLine().getOut();
        if (json || foreground) {
            out.println(Json.line(connections));
        } else {
            out.print(Summary.of(connections));
        }
        out.flush();
    }
}
