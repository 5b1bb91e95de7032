package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
        Settings settings;
        try {
            settings = common.checkedSettings();
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            return json ? report(notBegun(failure)) : fail(failure.message(), failure);
        }
        try {
            return json ? report(execute(settings, new Quiet())) : summarise(settings);
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            return json ? report(notBegun(failure)) : fail(Summary.failed(pipeline, failure), failure);
        }
    }

    private Host.Result notBegun(Failure failure) {
        return new Host.Result(pipeline, Optional.empty(), Optional.of(failure));
    }

    private int summarise(Settings settings) {
        if (!Progress.isWanted()) {
            return summarise(execute(settings, new Quiet()));
        }
        try (Progress progress = new Progress()) {
            return summarise(execute(settings, progress));
        }
    }

    private Host.Result execute(Settings settings, Runs.Listener listener) {
        try (Host host = Host.onCall(settings, common.routes(), listener)) {
            if (!host.pipelines().contains(pipeline)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no pipeline '" + pipeline + "' in " + common.routes() + "; there are: "
                                + String.join(", ", host.pipelines()) + ".");
            }
            return host.run(pipeline, parameters, Map.of());
        }
    }

    private int summarise(Host.Result result) {
        String line = Summary.of(result);
        if (result.error().isPresent()) {
            return fail(line, result.error().get());
        }
        spec.commandLine().getOut().println(line);
        return ExitCode.DONE;
    }

    private int fail(String line, Failure failure) {
        spec.commandLine().getErr().println(line);
        return failure.category().exitCode();
    }

    private int report(Host.Result result) {
        try {
            spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(RunReport.of(result)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report cannot be written as JSON", e);
        }
        return result.error().map(failure -> failure.category().exitCode()).orElse(ExitCode.DONE);
    }

    /** Shows nothing. */
    static final class Quiet implements Runs.Listener {
        @Override
        public void begun(Run run) {
            // Nobody watches.
        }

        @Override
        public void ended(Run run, Run.Outcome outcome) {
            // The summary follows.
        }
    }
}
