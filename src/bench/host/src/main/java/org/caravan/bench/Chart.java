package org.caravan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bar for each contender's median seconds, whole process, as SVG; the part before the first query and after the last file is pale. */
final class Chart {
    private static final int WIDTH = 960;
    private static final int LABELS = 430;
    private static final int BAR = 18;
    private static final int STEP = 26;

    private final List<String> lines = new ArrayList<>();

    private Chart() {}

    static String of(Map<Dataset, List<Row>> figures) {
        Chart chart = new Chart();
        int height = chart.draw(figures);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + String.join("\n", chart.lines) + "\n</svg>\n";
    }

    private int draw(Map<Dataset, List<Row>> figures) {
        int top = 10;
        for (Map.Entry<Dataset, List<Row>> each : figures.entrySet()) {
            List<Row> rows =
                    each.getValue().stream().filter(row -> row.rounds() > 0).toList();
            double most = rows.stream()
                    .mapToDouble(row -> row.wall().orElseThrow())
                    .max()
                    .orElse(1);
            text(10, top + 16, "start", each.getKey().title() + ": seconds (CPU seconds), median", "bold");
            top += STEP;
            for (Row row : rows) {
                bar(row, top, (WIDTH - LABELS - 110) / most);
                top += STEP;
            }
            top += STEP / 2;
        }
        return top;
    }

    private void bar(Row row, int top, double scale) {
        double wall = row.wall().orElseThrow();
        double work = row.work().orElseThrow();
        text(LABELS - 8, top + 14, "end", row.contender().title(), "normal");
        rectangle(top, wall * scale, "#b8c4d6");
        rectangle(top, work * scale, row.contender().id().startsWith("caravan") ? "#1f77b4" : "#7f7f7f");
        text(
                LABELS + (int) (wall * scale) + 6,
                top + 14,
                "start",
                String.format(Locale.ROOT, "%.1f (%.1f)", wall, row.cpu().orElseThrow()),
                "normal");
    }

    private void rectangle(int top, double width, String colour) {
        lines.add(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LABELS,
                top,
                width,
                BAR,
                colour));
    }

    private void text(int x, int y, String anchor, String text, String weight) {
        lines.add("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\" font-weight=\"" + weight + "\">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>");
    }
}
