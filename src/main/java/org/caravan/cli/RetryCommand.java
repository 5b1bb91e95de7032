package org.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.RunDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run that ended before it was done is done again, with the same inputs. */
@Command(
        name = "retry",
        description =
                "Do a run again that failed or was interrupted, as a new run with the same query and parameters; refused if"
                        + " the query has changed.",
        mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'caravan runs' lists it.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A value for a parameter of the query, over that which the run had. Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    public Integer call() {
        try {
            RunDetails details = KeptRuns.find(spec, common, run);
            KeptRuns.checkIsOver(details.run(), "retry");
            return new RunExecution(spec, common, json)
                    .run(details.run().pipeline(), host -> host.retry(details, parameters));
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }
}
