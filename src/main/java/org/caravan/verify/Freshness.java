package org.caravan.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.schema.TableName;

/**
 * Whether what is read through an engine is today's: the last run that it finds in the pipeline's load ledger, whose rows are
 * committed with those of the target, must be this run. Stateless.
 */
final class Freshness {
    private Freshness() {}

    /** The question, or none before the run is published. */
    static List<Planned> statements(Engine engine, String catalog, Run run, String comment) {
        return run.proof().evidence().loadLedger().stream()
                .map(ledger -> new Planned(
                        comment + lastRun(engine, catalog, ledger),
                        "one row of the load ledger, which has one for each run"))
                .toList();
    }

    /** Asks for the run that was published last. */
    static String lastRun(Engine engine, String catalog, TableName ledger) {
        return "SELECT run_id, target FROM " + new ScopeSql(engine, catalog).name(ledger)
                + " ORDER BY published_at DESC, run_id DESC LIMIT 1";
    }

    /** Throws unless the answer names this run. */
    static void check(Engine engine, Run run, TableName ledger, List<Map<String, Object>> answers) {
        Optional<String> found =
                answers.stream().map(row -> String.valueOf(row.get("run_id"))).findFirst();
        if (!found.equals(Optional.of(run.id().value()))) {
            throw new CaravanException(
                    Category.VERIFY,
                    "Read through " + engine.point().label() + ", the load ledger " + ledger + " names "
                            + found.map(id -> "run " + id).orElse("no run") + " as the last published instead of run "
                            + run.id() + ": what readers see there is not this run's. Its rows are in "
                            + run.published().map(TableName::toString).orElse("the target")
                            + " in Redshift. Check that the foreign catalog shows this Redshift database.");
        }
    }
}
