package org.caravan.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.settings.Place;
import org.caravan.settings.Problem;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether runs could succeed: every problem at once. */
@Command(
        name = "check",
        description = {
            "Check settings, files and pipelines, and show every problem at once. Connects to nothing and runs nothing, so that it can"
                    + " run where no credentials are.",
            "With --connect it also tries each connection and right that a run needs, and leaves nothing behind."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int WIDTH = 120;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(
            arity = "0..*",
            paramLabel = "PIPELINE",
            description = "The pipelines to check (default: all). Every file is loaded in any case.")
    private List<String> pipelines = new ArrayList<>();

    @Option(
            names = "--connect",
            description =
                    "Also connect: describe the queries; put, read and delete an object in the bucket; make a table in each"
                            + " Redshift schema and roll it back; ask Databricks for the catalog.")
    private boolean connect;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    /** What {@code --json} prints. */
    record Report(boolean ok, List<FindingReport> findings) {}

    /**
     * A finding; what it does not have is not there.
     *
     * @param category of the problem, if it is one
     * @param file the file that it is about, and {@code line} the line in it
     * @param key the setting that is wrong, {@code value} its value with secrets masked, and {@code mend} what to do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FindingReport(
            String subject,
            boolean ok,
            String category,
            String file,
            Integer line,
            String key,
            String value,
            String mend,
            String message) {
        static FindingReport of(Finding finding) {
            return new FindingReport(
                    finding.subject(),
                    finding.isOk(),
                    finding.category().map(Category::label).orElse(""),
                    finding.place().flatMap(Place::file).orElse(null),
                    finding.place()
                            .filter(place -> place.line().isPresent())
                            .map(place -> place.line().getAsInt())
                            .orElse(null),
                    finding.setting().map(Problem::key).orElse(null),
                    finding.setting().flatMap(Problem::value).orElse(null),
                    finding.setting().map(Problem::mend).orElse(null),
                    finding.message());
        }
    }

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        if (json) {
            print(findings);
        } else {
            show(findings);
        }
        return findings.stream()
                .flatMap(finding -> finding.category().stream())
                .mapToInt(Category::exitCode)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private List<Finding> findings() {
        Checks.Scope scope = connect ? Checks.Scope.CONNECT : Checks.Scope.OFFLINE;
        try {
            Settings settings = connect ? common.settings() : common.settings().unfilled();
            return new Checks(settings, common.routes(), scope).run(pipelines);
        } catch (CaravanException e) {
            return List.of(Finding.problem("settings", new Failure(e.category(), e.getMessage())));
        }
    }

    private void show(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        // A line each, whatever its length, so that other programs can read them.
        findings.stream()
                .filter(finding -> finding.setting().isPresent())
                .forEach(finding -> out.println(finding.message()));
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding :
                findings.stream().filter(found -> found.setting().isEmpty()).toList()) {
            rows.add(List.of(finding.isOk() ? "ok" : "PROBLEM", finding.subject(), finding.message()));
        }
        TextTable.lines(rows, WIDTH).forEach(out::println);
        long problems = findings.stream().filter(finding -> !finding.isOk()).count();
        out.println();
        out.println(
                problems == 0
                        ? "No problem" + (connect ? "." : "; nothing was connected to (--connect does).")
                        : problems + (problems == 1 ? " problem." : " problems."));
    }

    private void print(List<Finding> findings) {
        Report report = new Report(
                findings.stream().allMatch(Finding::isOk),
                findings.stream().map(FindingReport::of).toList());
        try {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The findings cannot be written as JSON", e);
        }
    }
}
