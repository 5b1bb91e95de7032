package org.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One run of a pipeline, now. */
@Command(
        name = "run",
        description = "Run a pipeline once, now, whatever its schedule says.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline: its route's id.")
    private String pipeline;

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
        return new RunExecution(spec, common, json).run(pipeline, host -> host.run(pipeline, parameters, Map.of()));
    }
}
