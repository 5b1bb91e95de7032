package org.caravan.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether memory grows with rows: Caravan extracts and encodes more and more of them at its own heap. The source repeats its line
 * items; nobody takes the parts, so that Caravan deletes each once it is encoded and its check sum is known.
 */
final class MemoryProof {
    private static final Pattern COUNT = Pattern.compile("(\\d+)([kKmM]?)");

    private MemoryProof() {}

    /** What one number of rows took. */
    record Step(long rows, double wall, double cpu, long peakBytes) {
        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("rows", rows);
            facts.put("wallSeconds", wall);
            facts.put("cpuSeconds", cpu);
            facts.put("peakBytes", peakBytes);
            return facts;
        }
    }

    /** {@code 6M}, {@code 60000k}, {@code 6000000}. */
    static long rows(String text) {
        Matcher parsed = COUNT.matcher(text);
        if (!parsed.matches()) {
            throw new BenchFailure("--rows takes numbers such as 6M or 500k, not '" + text + "'.");
        }
        long number = Long.parseLong(parsed.group(1));
        return switch (parsed.group(2)) {
            case "k", "K" -> number * 1_000;
            case "m", "M" -> number * 1_000_000;
            default -> number;
        };
    }

    static List<Step> measure(
            Site site, ChildProcess child, Dataset lineitem, List<String> wanted, PrintWriter progress)
            throws IOException, InterruptedException {
        CaravanRun run = new CaravanRun(CaravanRun.Route.DISCARD, "parquet", 1);
        Path directory = Folders.emptied(site.directory().resolve("work/memory"));
        List<Step> steps = new ArrayList<>();
        for (String text : wanted) {
            Dataset data = Source.repeated(site, lineitem, rows(text));
            Measured measured = child.run("memory-" + text, run.of(site, data, directory));
            long encoded = Printed.lastObject(measured.output())
                    .map(report -> report.path("rows").path("files"))
                    .map(JsonNode::asLong)
                    .orElse(0L);
            if (measured.exitCode() != 0 || encoded != data.rows()) {
                throw new BenchFailure("The run of " + data.rows() + " rows failed (exit code " + measured.exitCode()
                        + ", " + encoded + " rows encoded); see logs/memory-" + text + ".out and .err.");
            }
            Step step = new Step(encoded, measured.wall(), measured.cpu(), measured.peakBytes());
            steps.add(step);
            progress.println(line(step));
            progress.flush();
        }
        return steps;
    }

    private static String line(Step step) {
        return String.format(
                Locale.ROOT,
                "| %,d | %.1f | %.1f | %.0f |",
                step.rows(),
                step.wall(),
                step.cpu(),
                step.peakBytes() / 1e6);
    }

    static String markdown(Machine machine, List<Step> steps) {
        List<String> lines = new ArrayList<>(List.of(
                machine + ".",
                "",
                "| rows of lineitem, Parquet snappy, " + CaravanRun.HEAP + " | s | CPU s | peak RSS MB |",
                "|---|---|---|---|"));
        steps.forEach(step -> lines.add(line(step)));
        if (steps.size() > 1) {
            lines.add("");
            lines.add(String.format(
                    Locale.ROOT,
                    "The greatest peak is %.1f %% above the least.",
                    Statistics.spreadPercent(steps.stream()
                            .map(step -> (double) step.peakBytes())
                            .toList())));
        }
        return String.join("\n", lines) + "\n";
    }
}
