package org.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.RunState;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the run that a verb names; stateless. */
final class KeptRuns {
    /** How many of the latest runs are looked at. */
    private static final int LATER_RUNS = 10_000;

    private KeptRuns() {}

    /** @throws ParameterException if the ledger keeps no such run */
    static RunDetails find(CommandSpec spec, Common common, String run) {
        try (LedgerOfSettings ledger = LedgerOfSettings.open(common.settings(), StartedBy.COMMAND)) {
            return find(spec, ledger, run);
        }
    }

    /** The same of a ledger that is open. */
    static RunDetails find(CommandSpec spec, LedgerOfSettings ledger, String run) {
        return ledger.ledger()
                .find(id(spec, run))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no run '" + run + "' in the ledger; 'caravan runs' lists those that there are."));
    }

    private static RunId id(CommandSpec spec, String run) {
        try {
            return new RunId(run);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ".", e);
        }
    }

    /** Refuses a run that is done, or under way. */
    static void checkIsOver(KeptRun run, String verb) {
        if (run.state() == RunState.DONE || run.state() == RunState.RUNNING) {
            throw new CaravanException(
                    Category.CONFIG,
                    "Run " + run.id() + " of pipeline '" + run.pipeline() + "' is "
                            + run.state().label()
                            + "; there is nothing to " + verb + ". To run the pipeline again: caravan run "
                            + run.pipeline() + ".");
        }
    }

    /** Refuses a run after which another was published: what it would do has been done, or its rows would come back. */
    static void checkIsLast(Common common, KeptRun run) {
        try (LedgerOfSettings ledger = LedgerOfSettings.open(common.settings(), StartedBy.COMMAND)) {
            ledger.ledger().latest(Optional.of(run.pipeline()), LATER_RUNS).stream()
                    .filter(later -> later.id().value().compareTo(run.id().value()) > 0
                            && later.table().isPresent())
                    .findFirst()
                    .ifPresent(later -> {
                        throw new CaravanException(
                                Category.CONFIG,
                                "Run " + run.id() + " does not go on: run " + later.id() + " of pipeline '"
                                        + run.pipeline() + "', which began later, is published. There is nothing to"
                                        + " resume; to run the pipeline again: caravan run " + run.pipeline() + ".");
                    });
        }
    }

    /**
     * The values with which a run's query was executed, for another of the same inputs.
     *
     * @param given stands over them
     * @throws CaravanException if the ledger does not keep a value, since it is a secret
     */
    static Map<String, String> parameters(RunDetails details, Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (RunParameters.Parameter parameter : details.parameters()) {
            values.put(parameter.name(), parameter.value());
        }
        values.putAll(given);
        values.forEach((name, value) -> {
            if (Secrets.isMasked(value)) {
                throw new CaravanException(
                        Category.CONFIG,
                        "The parameter " + name + " of run " + details.run().id()
                                + " is a secret, which the ledger does not keep; run the pipeline again: caravan run "
                                + details.run().pipeline() + " --param " + name + "=...");
            }
        });
        return values;
    }
}
