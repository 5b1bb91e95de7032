package org.caravan.verify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.caravan.ledger.Evidence.Compared;
import org.caravan.ledger.Point;
import org.caravan.ledger.Proof;
import org.caravan.ledger.Run;
import org.caravan.ledger.Scope;
import org.caravan.ledger.Verification;
import org.caravan.verify.digest.Sample;

/** What a run's verifications leave open, in sentences; stateless. */
final class NotProven {
    private NotProven() {}

    /** Which rows of a table were asked for. */
    static String rowsOf(Scope scope) {
        if (scope instanceof Scope.Partition) {
            return "the run's partitions";
        }
        if (scope instanceof Scope.Keys) {
            return "the run's keys";
        }
        return scope instanceof Scope.Total ? "the table, with others' rows" : "the table";
    }

    static List<String> of(Run run) {
        Proof proof = run.proof();
        List<String> open = new ArrayList<>();
        if (!proof.askedForVerification()) {
            open.add("The route says verify=none: the publication asked for no verification of the staging table.");
        }
        for (boolean published : new boolean[] {false, true}) {
            for (Point engine : List.of(Point.REDSHIFT, Point.DATABRICKS)) {
                open.addAll(of(proof.verifications(), engine, published));
            }
        }
        if (proof.evidence().loadLedger().isPresent() && !proof.evidence().isFresh()) {
            open.add("That Databricks reads this run as the last that was published was not asked.");
        }
        Scope scope = run.scope();
        if (!scope.hasValues()) {
            open.add(
                    scope instanceof Scope.Total
                            ? "The values of the run's rows in the target: they cannot be told from the others there; those of the"
                                    + " staging table, from which one INSERT took them, were compared."
                            : "The values of the rows with the run's keys in the target: rows that were there already keep"
                                    + " values that the run has not.");
        }
        Set<String> excluded = new LinkedHashSet<>();
        proof.verifications().forEach(verification -> excluded.addAll(verification.excluded()));
        excluded.forEach(column -> open.add("The digest leaves out " + column + "."));
        return open;
    }

    private static List<String> of(List<Verification> verifications, Point engine, boolean published) {
        List<Verification> own = verifications.stream()
                .filter(one -> one.engine() == engine && one.published() == published)
                .toList();
        String table = published ? "target" : "staging table";
        if (own.isEmpty()) {
            return List.of("The " + table + " was not verified in " + engine.label() + ".");
        }
        boolean values = own.stream().anyMatch(one -> one.scope().hasValues());
        List<Sample> digests = own.stream()
                .flatMap(one -> one.digest().map(Sample::of).stream())
                .toList();
        if (!values || digests.stream().anyMatch(Sample::isAll)) {
            return List.of();
        }
        boolean figures = own.stream().anyMatch(one -> one.compared().contains(Compared.VALUES));
        if (!digests.isEmpty()) {
            return List.of("The digest of the " + table + " in " + engine.label() + " is of a sample of the rows, "
                    + digests.get(0) + " (verify.sample): of the others "
                    + (figures
                            ? "only counts, NULLs, extremes and sums of each column were compared."
                            : "no value was compared; they were counted."));
        }
        return List.of(
                figures
                        ? "No digest of the " + table + " was asked of " + engine.label()
                                + " (verify.digest): counts, NULLs, extremes and sums of each column were compared."
                        : "No value of the " + table + " was compared in " + engine.label()
                                + " (verify.compare, verify.digest): its rows were counted.");
    }
}
