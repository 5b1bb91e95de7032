package org.caravan.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.Planned;

/** A plan as a person reads it on a terminal. */
final class PlanText {
    private static final int WIDTH = 120;
    private static final String INDENT = "  ";

    private final Plan plan;
    private final Detail detail;
    private final List<String> lines = new ArrayList<>();

    /** How many of the verification's statements are shown. */
    enum Detail {
        FIRST,
        ALL
    }

    private PlanText(Plan plan, Detail detail) {
        this.plan = plan;
        this.detail = detail;
    }

    static String of(Plan plan, Detail detail) {
        PlanText text = new PlanText(plan, detail);
        text.lines.add("Pipeline " + plan.pipeline() + ": what a run would do. Nothing was run.");
        text.columns();
        text.parameters();
        text.reading();
        text.files();
        text.sections();
        plan.unseen()
                .forEach(uri -> text.lines.add("Not looked into, since it is computed when the route runs: " + uri));
        return String.join(System.lineSeparator(), text.lines);
    }

    private void columns() {
        plan.query()
                .ifPresent(query -> heading("Columns: "
                        + (plan.columns().isEmpty() ? "unknown" : plan.columns().size()) + ", of "
                        + (query.sql().matches("(?s)(file|classpath):.*") ? query.sql() : "the query in the route")
                        + " on the data source '" + query.dataSource() + "'"));
        if (plan.columns().isEmpty()) {
            return;
        }
        Map<String, Integer> notes = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                plan.loads()
                        ? List.of("column", "source", "file", "staging table", "target table", "Databricks", "")
                        : List.of("column", "source", "file", ""));
        for (Plan.PlannedColumn column : plan.columns()) {
            List<String> row = new ArrayList<>(List.of(printable(column.name()), column.source(), column.file()));
            if (plan.loads()) {
                row.add(column.staging().orElseThrow());
                row.add(column.target().orElseThrow());
                row.add(column.databricks().orElseThrow());
            }
            row.add(mark(column, notes));
            rows.add(row);
        }
        TextTable.lines(rows, WIDTH - INDENT.length()).forEach(this::line);
        lines.add("");
        line("= arrives as it is, or the run fails and says where   ! may change: see the note");
        notes.forEach((note, number) -> wrapped(number + "  ", note + "."));
    }

    private static String mark(Plan.PlannedColumn column, Map<String, Integer> notes) {
        List<String> all = new ArrayList<>(column.changes());
        all.addAll(column.notes());
        List<String> numbers = new ArrayList<>();
        for (String note : all) {
            numbers.add(String.valueOf(notes.computeIfAbsent(note, key -> notes.size() + 1)));
        }
        return ((column.isExact() ? "= " : "! ") + String.join(",", numbers)).strip();
    }

    private void parameters() {
        if (!plan.parameters().isEmpty()) {
            heading("Parameters of the query");
            plan.parameters()
                    .forEach((name, parameter) ->
                            line(":" + name + " = " + parameter.value() + " (" + parameter.type() + ")"));
        }
    }

    private void reading() {
        plan.reading().ifPresent(reading -> {
            heading("Reading: "
                    + (reading.path().equals("copy") ? "by PostgreSQL's COPY" : "through a JDBC result set"));
            reading.reason().ifPresent(reason -> wrapped("reason     ", reason));
            reading.fetching().ifPresent(how -> wrapped("rows come  ", how));
            reading.advice().ifPresent(advice -> wrapped("memory     ", advice));
            reading.splitBy().ifPresent(how -> wrapped("partitions ", reading.partitions() + ", " + how));
            reading.state().ifPresent(state -> wrapped("state      ", state));
            reading.statements().forEach(sql -> statement(new Planned(sql, "")));
        });
    }

    private void files() {
        plan.files().ifPresent(files -> {
            heading("Files: " + files.format() + " (*" + files.suffix() + ")");
            files.partBytes()
                    .ifPresent(bytes -> line("parts      at most " + Summary.bytes(bytes)
                            + files.partRows()
                                    .map(rows -> " and " + Summary.count(rows) + " rows")
                                    .orElse("")
                            + " each; one is uploaded while the next is encoded"));
            files.slices()
                    .ifPresent(
                            slices -> line(
                                    "           " + slices
                                            + " equal ones, one for each slice of the cluster, or a multiple, where the source can estimate its rows"));
            files.first().ifPresent(address -> line("first      " + address));
            files.jsonPaths().ifPresent(address -> line("JSONPaths  " + address));
            files.manifest().ifPresent(address -> line("manifest   " + address + " (last)"));
        });
    }

    private void sections() {
        if (plan.sections().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(
                "Statements. The run's id in them is an example; each has a comment with pipeline, run and step before it.");
        List<List<String>> shown = new ArrayList<>();
        for (Plan.Section section : plan.sections()) {
            heading(section.title());
            if (section.step().equals("verify") && section.statements().size() > 0) {
                verification(section, shown);
            } else {
                section.statements().forEach(this::statement);
            }
        }
    }

    /** The first of the statements, unless the like was shown for the staging table. */
    private void verification(Plan.Section section, List<List<String>> shown) {
        Map<String, Integer> efforts = new LinkedHashMap<>();
        section.statements().stream()
                .filter(planned -> !planned.effort().isEmpty())
                .forEach(planned -> efforts.merge(planned.effort(), 1, Integer::sum));
        efforts.forEach(
                (effort, count) -> line(count + (count == 1 ? " statement: " : " statements, each: ") + effort));
        List<String> kind = List.of(section.engine(), String.valueOf(efforts));
        if (detail == Detail.ALL || efforts.isEmpty()) {
            section.statements().forEach(this::statement);
        } else if (shown.contains(kind)) {
            line("as for the staging table (--sql prints it)");
        } else {
            statement(section.statements().get(0));
            int more = section.statements().size() - 1;
            if (more > 0) {
                line("and " + more + " more (--sql prints " + (more == 1 ? "it" : "them") + ")");
            }
        }
        shown.add(kind);
    }

    private void statement(Planned planned) {
        String text = planned.sql() + ";";
        if (detail == Detail.ALL) {
            line(text);
            return;
        }
        List<String> wrapped = SqlText.wrap(text, WIDTH - 3 * INDENT.length());
        for (int i = 0; i < wrapped.size(); i++) {
            line((i == 0 ? "" : INDENT + INDENT) + wrapped.get(i));
        }
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
    }

    private void line(String text) {
        lines.add(INDENT + text);
    }

    private void wrapped(String label, String text) {
        List<String> parts = TextTable.wrap(text, WIDTH - INDENT.length() - label.length());
        for (int i = 0; i < parts.size(); i++) {
            line((i == 0 ? label : " ".repeat(label.length())) + parts.get(i));
        }
    }

    /** A name without what would move the cursor. */
    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
