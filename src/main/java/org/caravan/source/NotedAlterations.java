package org.caravan.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.caravan.ledger.Proof;
import org.caravan.ledger.Run;
import org.caravan.schema.SourceColumn;

/** Notes on a run what was changed, and what the source calls its columns' types. */
record NotedAlterations(Run run) implements Alterations {
    NotedAlterations {
        requireNonNull(run, "run");
    }

    @Override
    public void count(String column, String rule) {
        run.addAlteration(column, rule);
    }

    @Override
    public void described(List<SourceColumn> columns) {
        run.proof()
                .setTypes(
                        Proof.Place.SOURCE,
                        columns.stream().map(SourceColumn::type).toList());
    }
}
