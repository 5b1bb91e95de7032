package org.caravan.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.StartedBy;
import org.caravan.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Deletes what runs left behind and retention allows. */
@Command(
        name = "clean",
        description = {
            "Delete staged files, uploads that were not ended, staging tables and history that the ledger owns and the settings"
                    + " clean.* allow to delete.",
            "What the ledger does not know is listed and left alone; so is all of a run that is under way."
        },
        mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--pipeline", paramLabel = "PIPELINE", description = "Clean up after this pipeline only.")
    private String pipeline;

    @Option(names = "--dry-run", description = "List what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            return clean(common.checkedSettings());
        } catch (CaravanException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.category().exitCode();
        }
    }

    private int clean(Settings settings) {
        try (LedgerOfSettings ledger = LedgerOfSettings.open(settings, StartedBy.COMMAND);
                Connections connections = new Connections()) {
            Cleaned cleaned = Cleaner.of(settings, ledger.ledger().housekeeping(), connections)
                    .clean(Optional.ofNullable(pipeline), dryRun ? Cleaner.Mode.LIST : Cleaner.Mode.DELETE);
            if (json) {
                spec.commandLine().getOut().println(cleaned.json());
            } else {
                cleaned.lines().forEach(spec.commandLine().getOut()::println);
            }
            cleaned.problems().forEach(problem -> spec.commandLine().getErr().println(problem.message()));
            return cleaned.problems().stream()
                    .mapToInt(problem -> problem.category().exitCode())
                    .findFirst()
                    .orElse(ExitCode.DONE);
        }
    }
}
