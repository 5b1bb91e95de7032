package org.caravan.ledger;

import java.util.List;

/** A rule that some columns tell a run's rows apart. Only the loaded staging table can answer it, before the load is committed. */
public interface KeyRule {
    /** The exchange property that holds the list of a run's key rules. */
    String PROPERTY = "CaravanKeyRules";

    /** The columns' names, in lower case. */
    List<String> columns();

    /**
     * Hears that the rule is broken.
     *
     * @param keys how many keys more than one row has
     * @param rows how many rows have one of these
     * @param examples some of the keys
     * @throws CaravanException if that fails the run
     */
    void broken(Run run, long keys, long rows, List<String> examples);
}
