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

/** What a run costs however few rows it has: {@code ./caravan run} of ten rows, everything verified, against warm stand-ins. */
final class FixedCost {
    static final String ID = "caravan-fixed";
    static final String TITLE = "Caravan: a whole run of 10 rows, everything verified, against warm stand-ins";

    private static final int ROWS = 10;

    private FixedCost() {}

    /** Each round's figures, in seconds. */
    record Figures(List<Map<String, Double>> samples) {
        String sentence() {
            return String.format(
                    Locale.ROOT,
                    "A whole run of %d rows, everything verified, stand-ins warm: %.2f s, %.2f s of it before and after the"
                            + " run (JVM and Camel, start and stop); %.2f CPU s, peak RSS %.0f MB (median of %d, %s).",
                    ROWS,
                    median("wall"),
                    median("startAndStop"),
                    median("cpu"),
                    median("peakMegabytes"),
                    samples.size(),
                    CaravanRun.HEAP);
        }

        private double median(String figure) {
            return Statistics.median(
                            samples.stream().map(sample -> sample.get(figure)).toList())
                    .orElseThrow();
        }
    }

    /** Runs it once without counting, then {@code rounds} times. */
    static Figures measure(Site site, ChildProcess child, int rounds, PrintWriter progress)
            throws IOException, InterruptedException {
        CaravanRun run = new CaravanRun(CaravanRun.Route.WHOLE, "parquet", 1);
        Dataset data = new Dataset(
                Source.LINEITEM,
                "SELECT * FROM lineitem ORDER BY l_orderkey, l_linenumber LIMIT " + ROWS,
                ROWS,
                "l_orderkey",
                "0",
                0,
                "");
        Path directory = Folders.emptied(site.directory().resolve("work").resolve(ID));
        List<Map<String, Double>> samples = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Invocation invocation = run.of(site, data, directory);
            Measured measured = child.run(ID + "-" + round, invocation);
            check(measured, round);
            if (round > 0) {
                double inside =
                        invocation.workSeconds().apply(measured.output()).orElseThrow();
                Map<String, Double> sample = new LinkedHashMap<>();
                sample.put("wall", measured.wall());
                sample.put("run", inside);
                sample.put("startAndStop", measured.wall() - inside);
                sample.put("cpu", measured.cpu());
                sample.put("peakMegabytes", measured.peakBytes() / 1e6);
                samples.add(sample);
                progress.printf(
                        Locale.ROOT,
                        "round %d of %d %s %.2f s, in it %.2f s of the run%n",
                        round,
                        rounds,
                        ID,
                        measured.wall(),
                        inside);
                progress.flush();
            }
        }
        return new Figures(List.copyOf(samples));
    }

    private static void check(Measured measured, int round) {
        long verified = Printed.lastObject(measured.output())
                .map(report -> report.path("rows").path("databricks"))
                .map(JsonNode::asLong)
                .orElse(0L);
        if (measured.exitCode() != 0 || verified != ROWS) {
            throw new BenchFailure("The run of " + ROWS + " rows failed (exit code " + measured.exitCode() + ", "
                    + verified + " rows seen by Databricks); see logs/" + ID + "-" + round + ".out and .err.");
        }
    }
}
