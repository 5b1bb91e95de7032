package org.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Runs of a pipeline for days that are past, one after another. */
@Command(
        name = "backfill",
        description = "Run a pipeline for past days, one run for each day, week or month, until one fails.",
        mixinStandardHelpOptions = true)
final class BackfillCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "PIPELINE", description = "The pipeline: its route's id.")
    private String pipeline;

    @Option(names = "--from", required = true, paramLabel = "DATE", description = "The first day, such as 2026-01-01.")
    private LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "DATE", description = "The last day.")
    private LocalDate to;

    @Option(
            names = "--by",
            paramLabel = "SIZE",
            description = "What one run reads: day (unless it is said), week or month.")
    private String by = "day";

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A value for another parameter of the query. Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    private final ObjectNode report = JSON.createObjectNode();
    private final ArrayNode runs = report.putArray("runs");

    @Override
    public Integer call() {
        if (to.isBefore(from)) {
            throw new ParameterException(
                    spec.commandLine(), "--to " + to + " is before --from " + from + ": exchange them.");
        }
        Intervals.Size size = Intervals.Size.find(by)
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "--by is day, week or month, not '" + by + "'."));
        List<Intervals.Interval> intervals = Intervals.of(from, to, size);
        report.put("pipeline", pipeline).put("intervals", intervals.size());
        Optional<Failure> failure;
        try (Host host = Host.onCall(common.checkedSettings(), common.routes(), new RunExecution.Quiet())) {
            if (!host.pipelines().contains(pipeline)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no pipeline '" + pipeline + "' in " + common.routes() + "; there are: "
                                + String.join(", ", host.pipelines()) + ".");
            }
            failure = run(host, intervals);
        } catch (CaravanException e) {
            failure = Optional.of(new Failure(e.category(), e.getMessage()));
            spec.commandLine().getErr().println(Summary.failed(pipeline, failure.get()));
        }
        if (json) {
            report.put("outcome", failure.isPresent() ? "failed" : "done");
            spec.commandLine().getOut().println(report);
        }
        return failure.map(why -> why.category().exitCode()).orElse(ExitCode.DONE);
    }

    private Optional<Failure> run(Host host, List<Intervals.Interval> intervals) {
        for (int i = 0; i < intervals.size(); i++) {
            Intervals.Interval interval = intervals.get(i);
            Host.Result result = host.run(
                    pipeline,
                    parameters,
                    Map.of("runDate", interval.first(), "from", interval.first(), "to", interval.end()));
            ObjectNode entry = runs.addObject();
            entry.put("from", interval.first().toString())
                    .put("to", interval.last().toString());
            entry.set("report", JSON.valueToTree(RunReport.of(result)));
            String days = interval.first() + (interval.first().equals(interval.last()) ? "" : " to " + interval.last())
                    + ": ";
            if (result.error().isPresent()) {
                String next = "./caravan backfill " + pipeline + " --from " + interval.first() + " --to " + to
                        + (by.equals("day") ? "" : " --by " + by)
                        + (parameters.isEmpty() ? "" : " and the same --param");
                report.put("next", next);
                spec.commandLine().getErr().println(days + Summary.of(result));
                spec.commandLine()
                        .getErr()
                        .println(i + " of " + intervals.size() + " runs are done. Go on with: " + next);
                return result.error();
            }
            if (!json) {
                spec.commandLine().getOut().println(days + Summary.of(result));
            }
        }
        return Optional.empty();
    }
}
