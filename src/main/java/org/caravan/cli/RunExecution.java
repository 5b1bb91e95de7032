package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.settings.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs a pipeline for a verb: with its progress, and its outcome as a line or as JSON; immutable. */
record RunExecution(CommandSpec spec, Common common, boolean json) {
    /**
     * Runs a pipeline.
     *
     * @param how what the host is asked to do
     * @return the exit code
     */
    int run(String pipeline, Function<Host, Host.Result> how) {
        Settings settings;
        try {
            settings = common.checkedSettings();
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            return json ? report(notBegun(pipeline, failure)) : fail(failure.message(), failure);
        }
        Call call = new Call(settings, pipeline, how);
        try {
            return json ? report(execute(call, new Quiet())) : summarise(call);
        } catch (CaravanException e) {
            Failure failure = new Failure(e.category(), e.getMessage());
            return json ? report(notBegun(pipeline, failure)) : fail(Summary.failed(pipeline, failure), failure);
        }
    }

    private static Host.Result notBegun(String pipeline, Failure failure) {
        return new Host.Result(pipeline, Optional.empty(), Optional.of(failure));
    }

    private record Call(Settings settings, String pipeline, Function<Host, Host.Result> how) {}

    private int summarise(Call call) {
        if (!Progress.isWanted()) {
            return summarise(execute(call, new Quiet()));
        }
        try (Progress progress = new Progress()) {
            return summarise(execute(call, progress));
        }
    }

    private Host.Result execute(Call call, Runs.Listener listener) {
        try (Host host = Host.onCall(call.settings(), common.routes(), listener)) {
            if (!host.pipelines().contains(call.pipeline())) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no pipeline '" + call.pipeline() + "' in " + common.routes() + "; there are: "
                                + String.join(", ", host.pipelines()) + ".");
            }
            return call.how().apply(host);
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
