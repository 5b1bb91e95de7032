package org.caravan.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files again and again, and tells what they hold: of each file the content that was the same twice in a row, so that
 * nothing half-written is told. Polls, because what links, network folders and editors do to files is not notified. One thread.
 */
final class Watch {
    /**
     * For so long after its last change a file is read at each poll: another change within what its clock can tell, some two seconds
     * in the coarsest file systems, leaves it looking the same.
     */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    /** Every so many polls a file is read although it seems to be as before: a network folder's clock may be wrong. */
    private static final int READ_ANYWAY = 60;

    /** For so many polls a new file that is still being written may hold up what is gone. */
    private static final int LONGEST_ARRIVAL = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Map<Path, Seen> seen = new LinkedHashMap<>();
    private Set<Path> told = Set.of();
    private int polls;

    /** How a file looked. */
    private record Look(FileTime modified, long size, Optional<Object> key) {
        boolean isYoung() {
            return modified.toInstant().isAfter(Instant.now().minus(YOUNG));
        }

        static Look of(BasicFileAttributes attributes) {
            return new Look(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        }
    }

    /** Tells how a file looks. */
    private interface Looks {
        Look at(Path file) throws IOException;
    }

    /**
     * A file: how it looked and what it held last, and what it held when that was the same twice; or that it is gone since a poll.
     *
     * @param since the poll at which it was first there
     */
    private record Seen(Look look, Version last, Optional<Version> stable, int since, boolean missing) {
        boolean isSettled() {
            return !missing && stable.filter(last::equals).isPresent();
        }

        Seen at(Look other) {
            return new Seen(other, last, stable, since, missing);
        }

        Seen gone() {
            return new Seen(look, last, stable, since, true);
        }
    }

    /**
     * Looks at the files once.
     *
     * @return what they hold, in their order; a file that is new or changing has the content it had before, or none. A file that was
     *     there at the last poll is not told to be gone yet. Files that are gone and those that are new are told together, when the
     *     new ones are written: one may be the other under another name.
     */
    Map<Path, Version> poll(List<Path> files) {
        return poll(files, file -> Look.of(Files.readAttributes(file, BasicFileAttributes.class)));
    }

    /** The same of files whose attributes were just read, which spares reading them again. */
    Map<Path, Version> poll(Map<Path, BasicFileAttributes> files) {
        return poll(files.keySet(), file -> Look.of(files.get(file)));
    }

    private Map<Path, Version> poll(Collection<Path> files, Looks looks) {
        polls++;
        Set<Path> gone = new LinkedHashSet<>(seen.keySet());
        List<Path> there = new ArrayList<>();
        int index = 0;
        for (Path file : files) {
            try {
                Optional<Seen> before = Optional.ofNullable(seen.get(file));
                seen.put(file, look(file, looks.at(file), before, (polls + index++) % READ_ANYWAY == 0));
                gone.remove(file);
                there.add(file);
            } catch (NoSuchFileException e) {
                LOG.trace("{} is gone since it was listed", file);
            } catch (IOException e) {
                LOG.warn("{} cannot be read now: {}", file, e.toString());
                if (gone.remove(file)) {
                    there.add(file);
                }
            }
        }
        boolean wait = gone.stream().anyMatch(file -> !seen.get(file).missing())
                || there.stream().map(seen::get).anyMatch(this::isArriving);
        if (gone.isEmpty() || !wait) {
            gone.forEach(seen::remove);
        } else {
            gone.forEach(file -> seen.put(file, seen.get(file).gone()));
            there.removeIf(file -> !told.contains(file));
            there.addAll(gone);
        }
        Map<Path, Version> stable = new LinkedHashMap<>();
        there.forEach(file -> seen.get(file).stable().ifPresent(version -> stable.put(file, version)));
        told = Set.copyOf(stable.keySet());
        return stable;
    }

    /** Whether a file is new and still being written; what is written for long holds nothing up. */
    private boolean isArriving(Seen file) {
        return file.stable().isEmpty() && polls - file.since() < LONGEST_ARRIVAL;
    }

    private Seen look(Path file, Look look, Optional<Seen> before, boolean anyway) throws IOException {
        if (!anyway
                && !look.isYoung()
                && before.filter(then -> then.isSettled() && then.look().equals(look))
                        .isPresent()) {
            return before.get();
        }
        byte[] content = read(file);
        if (before.filter(then -> then.isSettled() && then.last().holds(content))
                .isPresent()) {
            return before.get().at(look);
        }
        Version version = Version.of(file, content);
        int since = before.map(Seen::since).orElse(polls);
        if (before.filter(then -> then.last().equals(version)).isPresent()) {
            return new Seen(look, version, Optional.of(version), since, false);
        }
        return new Seen(look, version, before.flatMap(Seen::stable), since, false);
    }

    private static byte[] read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }
}
