package org.caravan.sandbox.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of a sandbox: the supervisor, the stand-ins, and their PostgreSQL servers, which are nobody's children and are
 * found by the file that each keeps in its data directory.
 */
final class Processes {
    private static final int POSTMASTER_FILE_DEPTH = 4;

    private final SandboxDirectory directory;

    Processes(SandboxDirectory directory) {
        this.directory = directory;
    }

    /** All living processes of the sandbox. */
    Set<ProcessHandle> all(SandboxState state) {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        state.supervisor().ifPresent(supervisor -> {
            all.add(supervisor);
            supervisor.descendants().forEach(all::add);
        });
        state.standIns().forEach(standIn -> all.addAll(of(standIn)));
        return all;
    }

    /** The living processes of one stand-in, its own first. */
    Set<ProcessHandle> of(StandInState standIn) {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(standIn.pid()).filter(pid -> pid > 0),
                        postmasters(directory.data(standIn.name())).stream())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .forEach(found::add);
        return found;
    }

    private static List<Long> postmasters(Path data) {
        if (!Files.isDirectory(data)) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.find(data, POSTMASTER_FILE_DEPTH, (path, attributes) -> path.endsWith("postmaster.pid"))) {
            return files.flatMap(file -> firstLine(file).stream())
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // A server that is just stopping takes its files away.
            return List.of();
        }
    }

    private static Optional<String> firstLine(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return Optional.ofNullable(lines.readLine()).map(String::strip).filter(line -> line.matches("\\d+"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Resident kilobytes of the processes together. On Linux a page that several processes share counts once
     * (https://docs.kernel.org/filesystems/proc.html, smaps_rollup); elsewhere it is not known.
     */
    static long residentKilobytes(Set<ProcessHandle> processes) {
        return processes.stream()
                .mapToLong(process -> proportionalKilobytes(process.pid()))
                .sum();
    }

    private static long proportionalKilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
