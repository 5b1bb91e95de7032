package org.caravan.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Planned;
import org.caravan.source.ReadPlan;

/** What {@code plan --json} prints: one object. What is not known, or not done, is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanReport(
        String pipeline,
        String run,
        String dataSource,
        String sql,
        Map<String, Plan.Parameter> parameters,
        ReadingReport reading,
        List<ColumnReport> columns,
        FilesReport files,
        List<SectionReport> statements,
        List<String> unseen,
        List<ProblemReport> problems) {
    /** How the query is read: {@code path} is copy or resultset, {@code statements} those of a split. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReadingReport(
            String path,
            String reason,
            String fetching,
            String advice,
            int partitions,
            String splitBy,
            String state,
            List<String> statements) {}

    /** A column; {@code exact} unless something may change. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ColumnReport(
            String name,
            String source,
            String file,
            String staging,
            String target,
            String databricks,
            boolean exact,
            List<String> changes,
            List<String> notes) {}

    /** The files. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FilesReport(
            String format,
            String suffix,
            String copy,
            Long partBytes,
            Long partRows,
            Integer slices,
            String first,
            String manifest,
            String jsonPaths) {}

    /** Statements of one step. */
    record SectionReport(String step, String engine, String title, List<StatementReport> statements) {}

    /** A statement, and who reads what for it. */
    record StatementReport(String sql, String effort) {}

    /** Why a run would fail. */
    record ProblemReport(String category, String message) {
        static ProblemReport of(Failure failure) {
            return new ProblemReport(failure.category().label(), Masking.masked(failure.message()));
        }
    }

    static PlanReport of(Plan plan) {
        return new PlanReport(
                plan.pipeline(),
                plan.run().value(),
                plan.query().map(Plan.Query::dataSource).orElse(null),
                plan.query().map(Plan.Query::sql).orElse(null),
                plan.parameters(),
                plan.reading().map(PlanReport::reading).orElse(null),
                plan.columns().stream().map(PlanReport::column).toList(),
                plan.files().map(PlanReport::files).orElse(null),
                plan.sections().stream().map(PlanReport::section).toList(),
                plan.unseen(),
                plan.problems().stream().map(ProblemReport::of).toList());
    }

    /** For a plan that could not be made. */
    static PlanReport of(String pipeline, Failure failure) {
        return new PlanReport(
                pipeline,
                null,
                null,
                null,
                Map.of(),
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(ProblemReport.of(failure)));
    }

    private static ReadingReport reading(ReadPlan reading) {
        return new ReadingReport(
                reading.path(),
                reading.reason().orElse(null),
                reading.fetching().orElse(null),
                reading.advice().orElse(null),
                reading.partitions(),
                reading.splitBy().orElse(null),
                reading.state().orElse(null),
                reading.statements());
    }

    private static ColumnReport column(Plan.PlannedColumn column) {
        return new ColumnReport(
                column.name(),
                column.source(),
                column.file(),
                column.staging().orElse(null),
                column.target().orElse(null),
                column.databricks().orElse(null),
                column.isExact(),
                column.changes(),
                column.notes());
    }

    private static FilesReport files(Plan.Files files) {
        return new FilesReport(
                files.format(),
                files.suffix(),
                files.copy(),
                files.partBytes().orElse(null),
                files.partRows().orElse(null),
                files.slices().orElse(null),
                files.first().orElse(null),
                files.manifest().orElse(null),
                files.jsonPaths().orElse(null));
    }

    private static SectionReport section(Plan.Section section) {
        return new SectionReport(
                section.step(),
                section.engine(),
                section.title(),
                section.statements().stream().map(PlanReport::statement).toList());
    }

    private static StatementReport statement(Planned planned) {
        return new StatementReport(planned.sql(), planned.effort());
    }
}
