package org.caravan.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Resumption;
import org.caravan.ledger.RunDetails;
import org.caravan.stage.StagedParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A run that ended before it was done goes on. */
@Command(
        name = "resume",
        description =
                "Go on with a run that failed or was interrupted: from its files in Amazon S3, if they are whole, without"
                        + " asking the source; else as a new run from the source.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", description = "The run's id, as 'caravan runs' lists it.")
    private String run;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            RunDetails details = KeptRuns.find(spec, common, run);
            KeptRun kept = details.run();
            KeptRuns.checkIsOver(kept, "resume");
            KeptRuns.checkIsLast(common, kept);
            return new RunExecution(spec, common, json).run(kept.pipeline(), host -> resume(host, details));
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private Host.Result resume(Host host, RunDetails details) {
        KeptRun kept = details.run();
        Optional<String> obstacle = obstacle(host, details);
        if (obstacle.isPresent()) {
            say("Run " + kept.id() + " does not go on from its files: " + obstacle.get() + ". Pipeline '"
                    + kept.pipeline() + "' runs anew, from the source.");
            return host.run(kept.pipeline(), KeptRuns.parameters(details, Map.of()), Map.of());
        }
        say("Run " + kept.id() + " goes on from its " + details.parts().size()
                + " parts in Amazon S3, which are whole: extract and stage are skipped."
                + kept.table()
                        .map(table -> " It is published to " + table
                                + " already; it is only verified, by a staging table that is loaded again.")
                        .orElse(""));
        return host.resume(new Resumption(details, details.files().orElseThrow()));
    }

    /** Why a run cannot go on from its files. */
    private static Optional<String> obstacle(Host host, RunDetails details) {
        if (details.files().isEmpty() || details.run().manifest().isEmpty()) {
            return Optional.of("it ended before its manifest was written");
        }
        List<String> problems =
                StagedParts.problems(host.s3(), details.run().manifest().orElseThrow(), details.parts());
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
