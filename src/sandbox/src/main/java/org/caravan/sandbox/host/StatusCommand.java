package org.caravan.sandbox.host;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a sandbox is up, and what it takes. */
@Command(
        name = "status",
        description = "Lists the stand-ins with ports, processes and memory. Exit code 0 if all are up, else 1.")
final class StatusCommand implements Callable<Integer> {
    private static final int KILO = 1024;
    private static final String ROW = "  %-11s %-9s %6s %8s %6s  %s%n";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        SandboxDirectory directory = common.directory();
        Optional<SandboxState> state = SandboxState.ofLiving(directory);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("dir", directory.root().toString());
        report.put("up", state.filter(StatusCommand::isUp).isPresent());
        state.ifPresent(living -> describe(living, directory, report));
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Json.line(report) + "\n" : text(report));
        out.flush();
        return (boolean) report.get("up") ? 0 : 1;
    }

    private static boolean isUp(SandboxState state) {
        return state.phase() == SandboxState.Phase.READY
                && state.standIns().stream().allMatch(standIn -> standIn.stage() == StandInState.Stage.READY);
    }

    private static void describe(SandboxState state, SandboxDirectory directory, Map<String, Object> report) {
        Processes processes = new Processes(directory);
        report.put("phase", state.phase().name().toLowerCase(Locale.ROOT));
        report.put("pid", state.pid());
        report.put("controlPort", state.controlPort());
        report.put("scale", state.scale());
        report.put("residentMegabytes", Processes.residentKilobytes(processes.all(state)) / KILO);
        List<Map<String, Object>> standIns = new ArrayList<>();
        for (StandInState standIn : state.standIns()) {
            Set<ProcessHandle> own = processes.of(standIn);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", standIn.name());
            entry.put("state", standIn.stage().name().toLowerCase(Locale.ROOT));
            entry.put("port", standIn.port());
            entry.put("controlPort", standIn.controlPort());
            entry.put("pids", own.stream().map(ProcessHandle::pid).toList());
            entry.put("residentMegabytes", Processes.residentKilobytes(own) / KILO);
            entry.put("seconds", standIn.seconds());
            entry.put("message", standIn.message());
            standIns.add(entry);
        }
        report.put("standIns", standIns);
    }

    private static String text(Map<String, Object> report) {
        if (!report.containsKey("phase")) {
            return "No sandbox is up in " + report.get("dir") + "\n";
        }
        StringBuilder text = new StringBuilder();
        text.append("Sandbox in ").append(report.get("dir")).append(": ").append(report.get("phase"));
        text.append(", scale ")
                .append(report.get("scale"))
                .append(", supervisor ")
                .append(report.get("pid"));
        text.append(", ").append(report.get("residentMegabytes")).append(" MB resident\n");
        text.append(String.format(ROW, "stand-in", "state", "port", "control", "MB", "processes"));
        for (Object each : (List<?>) report.get("standIns")) {
            Map<?, ?> standIn = (Map<?, ?>) each;
            text.append(String.format(
                    ROW,
                    standIn.get("name"),
                    standIn.get("state"),
                    standIn.get("port"),
                    standIn.get("controlPort"),
                    standIn.get("residentMegabytes"),
                    standIn.get("pids")));
            if (!standIn.get("message").equals("")) {
                text.append("    ").append(standIn.get("message")).append('\n');
            }
        }
        return text.toString();
    }
}
