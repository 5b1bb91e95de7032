package org.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What many pipelines cost a {@code ./caravan start} while none of them runs: how soon all are in force, how soon one that is edited
 * is, and how much of a processor the service takes. Half of the pipelines are the shipped {@code customers.camel.yaml}, every step
 * of its own, half {@code lineitem.camel.yaml}, of Kamelets.
 */
final class ServiceProof {
    private static final String NAME = "service";
    private static final int EDITS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final double TICKS_PER_SECOND = 100;

    private final Site site;
    private final int pipelines;
    private final Path routes;

    ServiceProof(Site site, int pipelines) throws IOException {
        this.site = site;
        this.pipelines = pipelines;
        this.routes = Folders.emptied(site.directory().resolve("routes/" + NAME));
    }

    /**
     * What it took.
     *
     * @param start seconds from the start of the process until the last pipeline was in force
     * @param edits seconds from each edit until it was in force
     * @param idlePercent of one processor
     */
    record Figures(int pipelines, double start, List<Double> edits, double idlePercent, long residentBytes) {
        Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("pipelines", pipelines);
            facts.put("startSeconds", start);
            facts.put("editSeconds", edits);
            facts.put("idlePercent", idlePercent);
            facts.put("residentBytes", residentBytes);
            return facts;
        }

        String markdown(Machine machine) {
            return String.format(
                    Locale.ROOT,
                    "%s.%n%n| pipelines, %s | start s | edit in force s: median, longest of %d | idle, %% of a processor | RSS MB |%n"
                            + "|---|---|---|---|---|%n| %d | %.1f | %.2f, %.2f | %.1f | %.0f |%n",
                    machine,
                    CaravanRun.HEAP,
                    edits.size(),
                    pipelines,
                    start,
                    Statistics.median(edits).orElseThrow(),
                    edits.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                    idlePercent,
                    residentBytes / 1e6);
        }
    }

    Figures measure(ChildProcess child) throws IOException, InterruptedException {
        for (int pipeline = 0; pipeline < pipelines; pipeline++) {
            Files.writeString(routes.resolve(name(pipeline) + ".sql"), "SELECT 1 AS id");
            Files.writeString(file(pipeline), text(pipeline, "every day"));
        }
        Files.copy(site.home().resolve("routes/verify.camel.yaml"), routes.resolve("verify.camel.yaml"));
        Path settings = routes.resolveSibling(NAME + ".properties");
        Properties values = new Properties();
        values.putAll(site.productSettings());
        values.setProperty("observe.port", "0");
        try (var writer = Files.newBufferedWriter(settings)) {
            values.store(writer, null);
        }
        long begun = System.nanoTime();
        try (ChildProcess.Service service = child.start(
                NAME,
                Invocation.of(
                        List.of(
                                site.home().resolve("caravan").toString(),
                                "start",
                                "--routes",
                                routes.toString(),
                                "--config",
                                settings.toString()),
                        Map.of("CARAVAN_BUILD", "never", "CARAVAN_LOG", "INFO")))) {
            await(service, lines -> inForce(lines, "").size() > pipelines);
            double start = (System.nanoTime() - begun) / 1e9;
            List<Double> edits = new ArrayList<>();
            for (int edit = 1; edit <= EDITS; edit++) {
                edits.add(edit(service, edit * 7 % pipelines, edit));
            }
            LockSupport.parkNanos(SETTLING.toNanos());
            double before = cpuSeconds(service);
            LockSupport.parkNanos(IDLE.toNanos());
            double idle = (cpuSeconds(service) - before) / IDLE.toSeconds() * 100;
            return new Figures(pipelines, start, List.copyOf(edits), idle, residentBytes(service));
        }
    }

    private double edit(ChildProcess.Service service, int pipeline, int edit) throws IOException {
        String file = file(pipeline).getFileName().toString();
        int before = inForce(service.lines(), file).size();
        Path draft = routes.resolve("." + file);
        Files.writeString(draft, text(pipeline, "edit " + edit));
        long written = System.nanoTime();
        Files.move(draft, file(pipeline), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        await(service, lines -> inForce(lines, file).size() > before);
        return (System.nanoTime() - written) / 1e9;
    }

    private void await(ChildProcess.Service service, Predicate<List<String>> condition) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(service.lines())) {
            if (!service.isAlive() || System.nanoTime() > end) {
                throw new BenchFailure("The service " + (service.isAlive() ? "took too long" : "ended") + ", with "
                        + inForce(service.lines(), "").size() + " versions in force; see logs/" + NAME
                        + ".out and .err.");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static List<String> inForce(List<String> lines, String file) {
        return lines.stream()
                .filter(line -> line.contains(file + (file.isEmpty() ? "" : " ")) && line.contains(" is in force"))
                .toList();
    }

    private static double cpuSeconds(ChildProcess.Service service) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(service.pid()), "stat"));
        // The fields after the name, which may hold blanks; utime and stime are the 14th and 15th of all,
        // proc_pid_stat(5).
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static long residentBytes(ChildProcess.Service service) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(service.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path file(int pipeline) {
        return routes.resolve(name(pipeline) + ".camel.yaml");
    }

    private static String name(int pipeline) {
        return String.format(Locale.ROOT, "pipeline_%03d", pipeline);
    }

    private String text(int pipeline, String description) throws IOException {
        String shipped = pipeline % 2 == 0 ? "customers" : "lineitem";
        return Files.readString(site.home().resolve("routes/" + shipped + ".camel.yaml"))
                        .replace(shipped + ".camel.yaml", "this")
                        .replace(shipped, name(pipeline))
                + "# " + description + "\n";
    }
}
