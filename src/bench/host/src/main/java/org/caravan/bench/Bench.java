package org.caravan.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The bench's command line. Exit codes: 0 done, 1 a contender failed, 2 wrong usage. Whatever it starts ends with it. */
@Command(
        name = "caravan bench",
        description = {
            "Caravan, psql, Apache Spark, stock Apache Camel and Apache SeaTunnel on the same rows, side by side.",
            "",
            "Starts a sandbox of its own, fills its source, runs every contender in turn, round by round, each as a process of"
                    + " its own, counts the rows of what it wrote, and prints medians as a Markdown table. bench.md, bench.json"
                    + " (every single figure), bench.svg and the contenders' logs are left in the folder that --dir names."
        },
        sortOptions = false)
public final class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scale",
            paramLabel = "F",
            defaultValue = "1",
            description =
                    "TPC-H scale factor of the source, 0.01 or more (default: ${DEFAULT-VALUE}, 6,001,215 line items).")
    private BigDecimal scale;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each contender runs (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            description = "Run these contenders only. Without psql, or psql-profile, there are no ratios.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "List the contenders, and end.")
    private boolean list;

    @Option(
            names = "--memory",
            description =
                    "Instead: show that memory does not grow with rows. Caravan extracts and encodes more and more of them.")
    private boolean memory;

    @Option(
            names = "--rows",
            paramLabel = "N",
            split = ",",
            defaultValue = "6M,60M",
            description = "How many rows, for --memory; whole multiples of the source's (default: ${DEFAULT-VALUE}).")
    private List<String> rows;

    @Option(
            names = "--pipelines",
            paramLabel = "N",
            description = "Instead: what so many pipelines cost a service in which none of them runs.")
    private int pipelines;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The folder for data, work and results (default: target/bench).")
    private Optional<Path> given = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say what it takes, and end.")
    private boolean help;

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((problem, command, parsed) -> {
            if (!(problem instanceof BenchFailure)) {
                throw problem;
            }
            command.getErr().println(problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Contenders.all().forEach(each -> out.printf("%-16s %-17s %s%n", each.id(), each.data(), each.title()));
            out.printf("%-16s %-17s %s%n", FixedCost.ID, Source.LINEITEM, FixedCost.TITLE);
            return CommandLine.ExitCode.OK;
        }
        Machine machine = Machine.here();
        out.println(machine);
        if (machine.isBusy()) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "WARNING: the machine is busy (load %.2f on %d processors); seconds will mean little.%n",
                            machine.load(),
                            machine.processors());
        }
        out.flush();
        Path home = Path.of(System.getProperty("caravan.home", "."))
                .toAbsolutePath()
                .normalize();
        Path directory = given.orElseGet(() -> home.resolve("target/bench"))
                .toAbsolutePath()
                .normalize();
        Files.createDirectories(directory.resolve("tmp"));
        ChildProcess child = new ChildProcess(directory.resolve("logs"));
        Runtime.getRuntime().addShutdownHook(new Thread(child::close, "stop-contender"));
        if (pipelines > 0) {
            return serve(machine, home, directory, child);
        }
        return memory ? proveMemory(machine, home, directory, child) : compare(machine, home, directory, child);
    }

    private int proveMemory(Machine machine, Path home, Path directory, ChildProcess child)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        rows.forEach(MemoryProof::rows);
        try (BenchSandbox sandbox = BenchSandbox.start(
                home, directory.resolve("sandbox"), scale.toPlainString(), BenchSandbox.SOURCE_AND_S3)) {
            Site site = new Site(home, directory, sandbox.settings());
            Dataset lineitem = Source.datasets(site, scale).get(Source.LINEITEM);
            List<MemoryProof.Step> steps = MemoryProof.measure(site, child, lineitem, rows, out);
            String markdown = MemoryProof.markdown(machine, steps);
            Files.writeString(directory.resolve("memory.md"), markdown);
            ResultFile.write(
                    directory.resolve("memory.json"),
                    Map.of(
                            "machine",
                            machine.facts(),
                            "steps",
                            steps.stream().map(MemoryProof.Step::facts).toList()));
            out.println();
            out.println(markdown);
            return CommandLine.ExitCode.OK;
        }
    }

    private int serve(Machine machine, Path home, Path directory, ChildProcess child)
            throws IOException, InterruptedException {
        try (BenchSandbox sandbox =
                BenchSandbox.start(home, directory.resolve("sandbox-service"), "0.01", BenchSandbox.SOURCE_AND_S3)) {
            ServiceProof.Figures figures =
                    new ServiceProof(new Site(home, directory, sandbox.settings()), pipelines).measure(child);
            Files.writeString(directory.resolve("service.md"), figures.markdown(machine));
            ResultFile.write(
                    directory.resolve("service.json"), Map.of("machine", machine.facts(), "service", figures.facts()));
            PrintWriter out = spec.commandLine().getOut();
            out.println();
            out.println(figures.markdown(machine));
            return CommandLine.ExitCode.OK;
        }
    }

    private int compare(Machine machine, Path home, Path directory, ChildProcess child)
            throws IOException, InterruptedException {
        boolean withFixed = only.isEmpty() || only.contains(FixedCost.ID);
        List<String> ids = only.stream().filter(id -> !id.equals(FixedCost.ID)).toList();
        List<Contender> contenders = only.isEmpty() ? Contenders.all() : Contenders.named(ids);
        Report report = new Report(machine, Map.of(), contenders, List.of(), Map.of(), Optional.empty());
        if (!contenders.isEmpty()) {
            report = throughput(report, home, directory, child);
            write(report, directory);
        }
        if (withFixed) {
            report = fixed(report, home, directory, child);
            write(report, directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(report.markdown());
        out.println("Written: bench.md, bench.json and bench.svg in " + directory);
        return report.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Report throughput(Report report, Path home, Path directory, ChildProcess child)
            throws IOException, InterruptedException {
        try (BenchSandbox sandbox = BenchSandbox.start(
                home, directory.resolve("sandbox"), scale.toPlainString(), BenchSandbox.SOURCE_AND_S3)) {
            Site site = new Site(home, directory, sandbox.settings());
            Map<String, Dataset> datasets = Source.datasets(site, scale);
            Comparison comparison =
                    new Comparison(site, child, datasets, spec.commandLine().getOut());
            Map<Contender, String> obstacles = comparison.obstacles(report.contenders());
            List<Contender> able = report.contenders().stream()
                    .filter(each -> !obstacles.containsKey(each))
                    .toList();
            List<Sample> samples = comparison.run(able, rounds);
            return new Report(report.machine(), datasets, report.contenders(), samples, obstacles, Optional.empty());
        }
    }

    /** In a sandbox of its own: the stand-ins of Redshift and Databricks would disturb the comparison. */
    private Report fixed(Report report, Path home, Path directory, ChildProcess child)
            throws IOException, InterruptedException {
        try (BenchSandbox sandbox =
                BenchSandbox.start(home, directory.resolve("sandbox-fixed"), "0.01", BenchSandbox.WHOLE)) {
            Site site = new Site(home, directory, sandbox.settings());
            FixedCost.Figures figures =
                    FixedCost.measure(site, child, rounds, spec.commandLine().getOut());
            return new Report(
                    report.machine(),
                    report.datasets(),
                    report.contenders(),
                    report.samples(),
                    report.skipped(),
                    Optional.of(figures));
        }
    }

    private static void write(Report report, Path directory) throws IOException {
        Files.writeString(directory.resolve("bench.md"), report.markdown());
        ResultFile.write(directory.resolve("bench.json"), report);
        Files.writeString(directory.resolve("bench.svg"), Chart.of(report.rows()));
    }
}
