package org.caravan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Point;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The rehearsal: the stand-ins up, every pipeline once, the stand-ins down. */
@Command(
        name = "demo",
        description =
                "Rehearse without a cloud: start the local stand-ins, run every pipeline once, stop the stand-ins.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(
            names = "--scale",
            paramLabel = "F",
            description = "TPC-H scale factor of the source (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.1")
    private String scale;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Common.home().resolve("target").resolve("demo");
        out.println("Starting the stand-ins: they speak the real protocols, but nothing here is AWS or Databricks.");
        try (Sandbox sandbox = Sandbox.owned(directory, scale)) {
            Settings settings = Common.settingsOf(sandbox.config());
            settings.check(common.routes());
            return runAll(settings, out);
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private int runAll(Settings settings, PrintWriter out) {
        if (!Progress.isWanted()) {
            return runAll(settings, out, new RunExecution.Quiet());
        }
        try (Progress progress = new Progress()) {
            return runAll(settings, out, progress);
        }
    }

    private int runAll(Settings settings, PrintWriter out, Runs.Listener listener) {
        List<Host.Result> results = new ArrayList<>();
        try (Host host = Host.onCall(settings, common.routes(), listener)) {
            for (String pipeline : host.pipelines()) {
                Host.Result result = host.run(pipeline);
                results.add(result);
                out.println(Summary.of(result));
            }
        }
        out.println();
        out.println(table(results));
        return results.stream()
                .flatMap(result -> result.error().stream())
                .mapToInt(failure -> failure.category().exitCode())
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private static String table(List<Host.Result> results) {
        StringBuilder text = new StringBuilder(String.format("%-12s", "pipeline"));
        for (Point point : Point.values()) {
            text.append(String.format("%13s", point.label()));
        }
        text.append("  verdict");
        for (Host.Result result : results) {
            text.append(System.lineSeparator()).append(String.format("%-12s", result.pipeline()));
            for (Point point : Point.values()) {
                text.append(String.format("%13s", count(result, point)));
            }
            text.append(
                    result.error().isPresent()
                            ? "  FAILED"
                            : result.run().flatMap(Run::published).isPresent()
                                    ? "  every row is there, in Redshift and through Databricks"
                                    : "  not published");
        }
        return text.toString();
    }

    private static String count(Host.Result result, Point point) {
        return result.run()
                .map((Run run) -> run.rows(point))
                .filter(count -> count.isPresent())
                .map(count -> Summary.count(count.getAsLong()))
                .orElse("-");
    }
}
