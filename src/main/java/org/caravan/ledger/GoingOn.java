package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What becomes of a run that ended before it was done. */
public sealed interface GoingOn {
    /** It goes on from its files, under its own id; the source is not asked. */
    record FromFiles(Resumption resumption) implements GoingOn {
        public FromFiles {
            requireNonNull(resumption, "resumption");
        }

        /** What is done, to follow "goes on". */
        public String words() {
            RunDetails kept = resumption.kept();
            return (kept.parts().size() == 1
                            ? "from its part in Amazon S3, which is whole"
                            : "from its " + kept.parts().size() + " parts in Amazon S3, which are whole")
                    + ": extract and stage are skipped."
                    + kept.run()
                            .table()
                            .map(table -> " It is published to " + table
                                    + " already; it is only verified, by a staging table that is loaded again.")
                            .orElse("");
        }
    }

    /**
     * The pipeline runs from the source, as another run in its place.
     *
     * @param why it does not go on
     */
    record Anew(RunDetails kept, String why) implements GoingOn {
        public Anew {
            requireNonNull(kept, "kept");
            requireNonNull(why, "why");
        }
    }

    /**
     * Decides about a run by its files.
     *
     * @param files looks at them
     */
    static GoingOn of(RunDetails details, FilesCheck files) {
        Optional<String> manifest = details.run().manifest();
        if (details.files().isEmpty() || manifest.isEmpty()) {
            return new Anew(details, "it ended before its manifest was written");
        }
        List<String> problems = files.problems(manifest.get(), details.parts());
        return problems.isEmpty()
                ? new FromFiles(new Resumption(details, details.files().get()))
                : new Anew(details, String.join("; ", problems));
    }
}
