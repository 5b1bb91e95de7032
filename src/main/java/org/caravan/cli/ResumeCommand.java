package org.caravan.cli;

import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.GoingOn;
import org.caravan.ledger.KeptRun;
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
        GoingOn how = GoingOn.of(details, (manifest, parts) -> StagedParts.problems(host.s3(), manifest, parts));
        if (how instanceof GoingOn.FromFiles whole) {
            say("Run " + kept.id() + " goes on " + whole.words());
            return host.resume(whole.resumption());
        }
        GoingOn.Anew anew = (GoingOn.Anew) how;
        say("Run " + kept.id() + " does not go on from its files: " + anew.why() + ". Pipeline '" + kept.pipeline()
                + "' runs anew, from the source.");
        return host.resume(anew);
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
    }
}
