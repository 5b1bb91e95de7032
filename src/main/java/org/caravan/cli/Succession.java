package org.caravan.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.redshift.Publication;

/**
 * What was published to a run's target since, and what can still be said of the run's rows there; immutable.
 *
 * @param own the run's publication
 * @param later those of the same pipeline into the same target after it, the first first
 * @param newest the pipeline's last publication, into whatever target
 */
record Succession(Publication own, List<Publication> later, Publication newest) {
    private static final Set<String> REPLACES_ALL = Set.of("replace", "swap");

    Succession {
        later = List.copyOf(later);
    }

    /** @param since the run's publication and those after it */
    static Succession of(List<Publication> since) {
        Publication own = since.get(0);
        return new Succession(
                own,
                since.stream()
                        .skip(1)
                        .filter(one -> one.target().equals(own.target()))
                        .toList(),
                since.get(since.size() - 1));
    }

    /** The last run that replaced every row of the target. */
    Optional<Publication> successor() {
        return later.stream().filter(one -> REPLACES_ALL.contains(one.mode())).reduce((before, after) -> after);
    }

    /** The last publication. */
    Publication last() {
        return later.isEmpty() ? own : later.get(later.size() - 1);
    }

    /** Why the values of the run's rows in the target cannot be compared; empty if they can. */
    Optional<String> open() {
        if (later.isEmpty()) {
            return REPLACES_ALL.contains(own.mode())
                    ? Optional.empty()
                    : Optional.of(
                            "after mode " + own.mode() + " the target holds rows of other runs too, from which these"
                                    + " cannot be told: the count of the whole table is compared, and no value");
        }
        Publication last = last();
        String by = "run " + last.run() + " has published since (" + last.mode() + ")";
        return Optional.of(
                switch (last.mode()) {
                    case "append" ->
                        by + ": its rows were added, and the rows of this run should stand among them; they"
                                + " cannot be told apart";
                    case "replace-partition" ->
                        by + ": whether it replaced the rows of this run, or those of another"
                                + " partition, the load ledger does not say";
                    default -> by + ": it may have updated or deleted rows of this run";
                });
    }
}
