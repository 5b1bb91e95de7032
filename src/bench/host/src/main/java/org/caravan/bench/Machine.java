package org.caravan.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was measured on.
 *
 * @param load the load average of the last minute before the bench began; negative where the system does not tell
 */
record Machine(
        String processor, int processors, long memoryBytes, String system, String java, Instant when, double load) {
    private static final double BUSY = 0.5;

    static Machine here() {
        return new Machine(
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long memory() {
        String text = value("/proc/meminfo", "MemTotal").replace("kB", "").strip();
        return text.matches("\\d+") ? Long.parseLong(text) * 1024 : 0;
    }

    /** A value of one of the kernel's tables of {@code name : value}; {@code unknown} if there is none. */
    private static String value(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** Whether so much else runs that seconds mean little. */
    boolean isBusy() {
        return load > BUSY * processors;
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("processor", processor);
        facts.put("processors", processors);
        facts.put("memoryBytes", memoryBytes);
        facts.put("system", system);
        facts.put("java", java);
        facts.put("when", when.toString());
        facts.put("loadBefore", load);
        return facts;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %.1f GiB; %s; Java: %s; %s; load before: %.2f",
                processor,
                processors,
                memoryBytes / (double) (1 << 30),
                system,
                java,
                when,
                load);
    }
}
