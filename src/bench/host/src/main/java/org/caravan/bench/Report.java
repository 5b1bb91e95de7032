package org.caravan.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the comparison gave, as rows and as Markdown for docs/performance.md. */
record Report(
        Machine machine,
        Map<String, Dataset> datasets,
        List<Contender> contenders,
        List<Sample> samples,
        Map<Contender, String> skipped,
        Optional<FixedCost.Figures> fixed) {
    /** The figures by data set. */
    Map<Dataset, List<Row>> rows() {
        Map<Dataset, List<Row>> rows = new LinkedHashMap<>();
        datasets.forEach((name, data) -> {
            List<Contender> own = contenders.stream()
                    .filter(each -> each.data().equals(name) && !skipped.containsKey(each))
                    .toList();
            Optional<Contender> limit = own.stream()
                    .filter(each -> each.role() == Contender.Role.LIMIT)
                    .findFirst();
            if (!own.isEmpty()) {
                rows.put(
                        data,
                        own.stream().map(each -> Row.of(each, samples, limit)).toList());
            }
        });
        return rows;
    }

    boolean isGood() {
        return samples.stream().allMatch(Sample::isGood);
    }

    String markdown() {
        List<String> lines = new ArrayList<>(List.of(machine + ".", ""));
        if (machine.isBusy()) {
            lines.addAll(
                    List.of("**The machine was busy: ratios and CPU seconds mean something, seconds do not.**", ""));
        }
        rows().forEach((data, rows) -> {
            lines.add("| " + data.title() + " | s | without start-up | ratio | ratio without start-up | CPU s"
                    + " | peak RSS MB | files MB | heap |");
            lines.add("|---|---|---|---|---|---|---|---|---|");
            rows.forEach(row -> lines.add(line(row)));
            lines.add("");
        });
        skipped.forEach((contender, why) -> lines.add("Not run: " + contender.id() + " (" + why + ")."));
        fixed.ifPresent(figures -> lines.add(figures.sentence()));
        return String.join("\n", lines).stripTrailing() + "\n";
    }

    private static String line(Row row) {
        Contender contender = row.contender();
        if (row.rounds() == 0) {
            return "| " + contender.title() + " | FAILED | | | | | | | " + contender.settings() + " |";
        }
        boolean files = contender.role() == Contender.Role.WRITER;
        return String.join(
                        " | ",
                        "| " + contender.title() + (row.failed() == 0 ? "" : " (" + row.failed() + " rounds FAILED)"),
                        text(row.wall(), "%.2f"),
                        text(row.work(), "%.2f"),
                        text(row.wallRatio(), "%.2f"),
                        text(row.workRatio(), "%.2f"),
                        text(row.cpu(), "%.1f"),
                        text(row.peakMegabytes(), "%.0f"),
                        files ? text(row.fileMegabytes(), "%.1f") : "",
                        contender.settings())
                + " |";
    }

    private static String text(OptionalDouble figure, String format) {
        return figure.isPresent() ? String.format(Locale.ROOT, format, figure.getAsDouble()) : "";
    }
}
