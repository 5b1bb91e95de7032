package org.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The peak resident memory of a process' descendants, from the kernel's own high-water mark, which is looked at ten times a second:
 * what a process takes in its last tenth of a second is not seen. Of several processes the peaks are added.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">VmHWM</a>
 */
final class MemoryWatch implements AutoCloseable {
    private static final int MILLISECONDS = 100;
    private static final String MARK = "VmHWM:";

    private final ProcessHandle root;
    private final Map<Long, Long> peaks = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "memory-watch");
        thread.setDaemon(true);
        return thread;
    });

    MemoryWatch(ProcessHandle root) {
        this.root = root;
        clock.scheduleAtFixedRate(this::look, 0, MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        for (long pid : below(root.pid())) {
            peaks.merge(pid, peakOf(pid), Math::max);
        }
    }

    /** From the kernel's own lists, which cost less than a look at every process of the machine. */
    private List<Long> below(long pid) {
        Path children = Path.of("/proc", Long.toString(pid), "task", Long.toString(pid), "children");
        if (!Files.exists(children)) {
            return root.pid() == pid
                    ? root.descendants().map(ProcessHandle::pid).toList()
                    : List.of();
        }
        List<Long> all = new ArrayList<>();
        try {
            for (String child : Files.readString(children).split(" ")) {
                if (!child.isBlank()) {
                    all.add(Long.valueOf(child.strip()));
                    all.addAll(below(Long.parseLong(child.strip())));
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        return all;
    }

    private static long peakOf(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(MARK))
                    .findFirst()
                    .map(MemoryWatch::bytes)
                    .orElse(0L);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It has ended, or this system has no /proc.
            return 0;
        }
    }

    /** {@code VmHWM:   123456 kB}. */
    static long bytes(String line) {
        return Long.parseLong(line.substring(MARK.length()).replace("kB", "").strip()) * 1024;
    }

    long peakBytes() {
        return peaks.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
