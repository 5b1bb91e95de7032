package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a run would do, without doing it. */
@Command(
        name = "plan",
        description = {
            "Show what a run of a pipeline would do, and change nothing: the columns and their types at the source, in the files,"
                    + " in Redshift and in Databricks, what may change on the way, the files, and every statement.",
            "Asks the source to describe the query, which does not run it. Connects to nothing else."
        },
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline: its route's id.")
    private String pipeline;

    @Option(names = "--sql", description = "Print every statement whole, each in one line.")
    private boolean sql;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "A value for a parameter of the query, such as runDate=2026-11-01; stands over the route's. Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    public Integer call() {
        try {
            return show(plan());
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            if (json) {
                print(PlanReport.of(pipeline, failure));
            } else {
                spec.commandLine().getErr().println(failure.message());
            }
            return failure.category().exitCode();
        }
    }

    private Plan plan() {
        try (Host host = Host.dryWithRoutes(common.checkedSettings(), common.routes())) {
            if (!host.pipelines().contains(pipeline)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no pipeline '" + pipeline + "' in " + common.routes() + "; there are: "
                                + String.join(", ", host.pipelines()) + ".");
            }
            return Planner.plan(host.context(), pipeline, parameters);
        }
    }

    private int show(Plan plan) {
        if (json) {
            print(PlanReport.of(plan));
        } else {
            spec.commandLine().getOut().println(PlanText.of(plan, sql ? PlanText.Detail.ALL : PlanText.Detail.FIRST));
            plan.problems()
                    .forEach(problem -> spec.commandLine().getErr().println("A run would fail: " + problem.message()));
        }
        return plan.problems().stream()
                .mapToInt(problem -> problem.category().exitCode())
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private void print(PlanReport report) {
        try {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The plan cannot be written as JSON", e);
        }
    }
}
