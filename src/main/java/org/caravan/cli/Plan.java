package org.caravan.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Planned;
import org.caravan.ledger.RunId;
import org.caravan.source.ReadPlan;

/**
 * What a run of a pipeline would do; immutable.
 *
 * @param run the run's id in the statements, which is an example
 * @param query where the rows come from
 * @param parameters the values with which the query would be executed
 * @param reading how they are read, if the source was asked
 * @param columns empty if the source does not describe them
 * @param files what is encoded, if anything is
 * @param loads whether the files are loaded into Redshift
 * @param sections what is executed, in order
 * @param unseen steps that the route computes only when it runs
 * @param problems why a run would fail
 */
record Plan(
        String pipeline,
        RunId run,
        Optional<Query> query,
        Map<String, Parameter> parameters,
        Optional<ReadPlan> reading,
        List<PlannedColumn> columns,
        Optional<Files> files,
        boolean loads,
        List<Section> sections,
        List<String> unseen,
        List<Failure> problems) {
    Plan {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        columns = List.copyOf(columns);
        sections = List.copyOf(sections);
        unseen = List.copyOf(unseen);
        problems = List.copyOf(problems);
    }

    /** A value, as text. */
    record Parameter(String type, String value) {}

    /** The query and its data source. */
    record Query(String dataSource, String sql) {}

    /**
     * The files of a run.
     *
     * @param partBytes the most bytes of a part, if the rows are cut into parts
     * @param partRows the most rows of a part, if there is a limit
     * @param slices of the cluster, if they are known
     * @param copy COPY's options for it
     * @param first the address of the first part
     * @param manifest the address of the manifest
     */
    record Files(
            String format,
            String suffix,
            String copy,
            Optional<Long> partBytes,
            Optional<Long> partRows,
            Optional<Integer> slices,
            Optional<String> first,
            Optional<String> manifest,
            Optional<String> jsonPaths) {}

    /**
     * Statements that belong together.
     *
     * @param step the step's name: load, verify or publish
     * @param engine who executes them
     * @param title what they are for
     */
    record Section(String step, String engine, String title, List<Planned> statements) {}

    /**
     * A column on its way.
     *
     * @param staging its type in the staging table, if the files are loaded
     * @param target its type in the target table
     * @param databricks its type in the foreign catalog
     * @param changes what of a value, or of the name, may differ at the end
     * @param notes what else is worth knowing
     */
    record PlannedColumn(
            String name,
            String source,
            String file,
            Optional<String> staging,
            Optional<String> target,
            Optional<String> databricks,
            List<String> changes,
            List<String> notes) {
        boolean isExact() {
            return changes.isEmpty();
        }
    }
}
