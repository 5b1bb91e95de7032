package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.schema.TableName;

/**
 * One comparison of a run's table with the rows that were encoded, which found no difference; immutable.
 *
 * @param engine who was asked
 * @param published whether the table was the target by then, and not the staging table
 * @param scope which rows of the table were asked for
 * @param compared what of them was compared
 * @param rows how many it found
 * @param digest the digest that it found, if it was asked for
 * @param excluded the columns that the digest leaves out, each with the reason
 */
public record Verification(
        TableName table,
        Point engine,
        boolean published,
        Instant at,
        Scope scope,
        Set<Evidence.Compared> compared,
        long rows,
        Optional<String> digest,
        List<String> excluded,
        List<Asked> statements) {
    public Verification {
        requireNonNull(table, "table");
        requireNonNull(engine, "engine");
        requireNonNull(at, "at");
        requireNonNull(scope, "scope");
        compared = Collections.unmodifiableSet(EnumSet.copyOf(compared));
        requireNonNull(digest, "digest");
        excluded = List.copyOf(excluded);
        statements = List.copyOf(statements);
    }

    /**
     * A statement of the comparison.
     *
     * @param sha256 of its text without the run's comment
     * @param computedBy the engine that computes what it asks for: Redshift also where Databricks passes the statement on
     * @param reads who reads the table for it
     */
    public record Asked(String sha256, Point computedBy, String reads) {
        public Asked {
            requireNonNull(sha256, "sha256");
            requireNonNull(computedBy, "computedBy");
            requireNonNull(reads, "reads");
        }
    }
}
