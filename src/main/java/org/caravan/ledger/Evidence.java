package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.schema.TableName;

/** What of a run was compared, where, and by whom it was asked; and whether the last proof is still missing. Thread-safe. */
public final class Evidence {
    private final Map<String, Comparison> comparisons = new LinkedHashMap<>();
    private Optional<TableName> loadLedger = Optional.empty();
    private Optional<RowFinder> rowFinder = Optional.empty();
    private boolean freshnessWanted;
    private boolean readToEnd;

    /** What two sides agree on. */
    public enum Compared {
        /** How many rows there are. */
        ROWS,
        /** NULLs, extremes and sums of each column. */
        VALUES,
        /** The digest of all values. */
        DIGEST,
        /** The digest of a sample of the rows. */
        SAMPLE,
        /** That the last run published to the table is this one. */
        FRESHNESS;

        /** The name as reports show it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Compared of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What was found to be as it should; immutable.
     *
     * @param table the table, as text
     * @param engine who read it
     * @param sample of about one row in how many a digest was compared; 1 for all
     */
    public record Comparison(String table, Point engine, Set<Compared> compared, int sample) {
        private static final String SAMPLED = "digest sampled 1/";

        public Comparison {
            requireNonNull(table, "table");
            requireNonNull(engine, "engine");
            compared = Collections.unmodifiableSet(EnumSet.copyOf(compared));
        }

        /** Without a sample. */
        public Comparison(String table, Point engine, Set<Compared> compared) {
            this(table, engine, compared, 1);
        }

        /** What was compared, by name; that a digest is of a sample, and of which, is part of its name. */
        public List<String> names() {
            return compared.stream()
                    .map(what -> what == Compared.SAMPLE ? SAMPLED + sample : what.label())
                    .toList();
        }

        /** The names as one text, which {@link #of} reads. */
        public String labels() {
            return String.join(", ", names());
        }

        /** Reads {@link #labels()}. */
        public static Comparison of(String table, Point engine, String labels) {
            EnumSet<Compared> compared = EnumSet.noneOf(Compared.class);
            int sample = 1;
            for (String label : labels.split(", ", -1)) {
                if (label.startsWith(SAMPLED)) {
                    compared.add(Compared.SAMPLE);
                    sample = Integer.parseInt(label.substring(SAMPLED.length()));
                } else {
                    compared.add(Compared.of(label));
                }
            }
            return new Comparison(table, engine, compared, sample);
        }
    }

    /** Notes that the query's rows were read up to their end. */
    public synchronized void readToEnd() {
        readToEnd = true;
    }

    /** Whether the query's rows were read up to their end. */
    synchronized boolean isReadToEnd() {
        return readToEnd;
    }

    /** Notes that a table was found to hold what it should; what was compared last counts. */
    public synchronized void add(TableName table, Point engine, Set<Compared> compared) {
        add(table, engine, compared, 1);
    }

    /** The same of a comparison whose digest is of about one row in so many. */
    public synchronized void add(TableName table, Point engine, Set<Compared> compared, int sample) {
        comparisons.put(table + " " + engine, new Comparison(table.toString(), engine, compared, sample));
    }

    /** Whether a table was found, by an engine, to hold what it should. */
    public synchronized boolean has(TableName table, Point engine) {
        return comparisons.containsKey(table + " " + engine);
    }

    public synchronized List<Comparison> list() {
        return List.copyOf(comparisons.values());
    }

    /**
     * Notes that the run is published.
     *
     * @param ledger the pipeline's load ledger in Redshift, which names the run
     * @param wanted whether the run is done only once Databricks was seen to read it there
     */
    public synchronized void published(TableName ledger, boolean wanted) {
        loadLedger = Optional.of(ledger);
        freshnessWanted = wanted;
    }

    /** The pipeline's load ledger in Redshift, once the run is published. */
    public synchronized Optional<TableName> loadLedger() {
        return loadLedger;
    }

    /** Gives the run somebody who finds the rows that differ, should a difference be found. */
    public synchronized void setRowFinder(RowFinder finder) {
        rowFinder = Optional.of(finder);
    }

    public synchronized Optional<RowFinder> rowFinder() {
        return rowFinder;
    }

    /** Whether Databricks was seen to read this run as the last that was published. */
    public synchronized boolean isFresh() {
        return comparisons.values().stream()
                .anyMatch(comparison -> comparison.compared().contains(Compared.FRESHNESS));
    }

    /** Why a run that went to its end is not done: it was published, and nobody looked whether Databricks sees that. */
    synchronized Optional<CaravanException> missing(Run run) {
        return freshnessWanted && !isFresh()
                ? Optional.of(
                        new CaravanException(
                                Category.VERIFY,
                                "Run " + run.id() + " of pipeline '" + run.pipeline()
                                        + "' is published, but the route ended without a proof that Databricks reads it: let it call"
                                        + " direct:verify after caravan-redshift:publish, as routes/verify.camel.yaml has it (with"
                                        + " caravan-verify:compare?subject=publication), or say verify=before or verify=none there."))
                : Optional.empty();
    }
}
