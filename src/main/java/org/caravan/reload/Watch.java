package org.caravan.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    /** Every so many polls a file is read although it seems to be as before: the clock of a network folder may be coarse. */
    private static final int READ_ANYWAY = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Map<Path, Seen> seen = new LinkedHashMap<>();
    private int polls;

    /** How a file looked. */
    private record Look(FileTime modified, long size, Optional<Object> key) {
        static Look at(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(
                    attributes.lastModifiedTime(), attributes.size(), Optional.ofNullable(attributes.fileKey()));
        }
    }

    /** A file: how it looked and what it held last, and what it held when that was the same twice; or that it is gone since a poll. */
    private record Seen(Look look, Version last, Optional<Version> stable, boolean missing) {
        boolean isSettled() {
            return !missing && stable.filter(last::equals).isPresent();
        }
    }

    /**
     * Looks at the files once.
     *
     * @return what they hold, in their order; a file that is new or changing has the content it had before, or none. A file that was
     *     there at the last poll is not told to be gone yet.
     */
    Map<Path, Version> poll(List<Path> files) {
        polls++;
        Set<Path> gone = new HashSet<>(seen.keySet());
        Map<Path, Version> stable = new LinkedHashMap<>();
        int index = 0;
        for (Path file : files) {
            try {
                Seen now = look(file, Optional.ofNullable(seen.get(file)), (polls + index++) % READ_ANYWAY == 0);
                seen.put(file, now);
                gone.remove(file);
                now.stable().ifPresent(version -> stable.put(file, version));
            } catch (NoSuchFileException e) {
                LOG.trace("{} is gone since it was listed", file);
            } catch (IOException e) {
                LOG.warn("{} cannot be read now: {}", file, e.toString());
                if (gone.remove(file)) {
                    seen.get(file).stable().ifPresent(version -> stable.put(file, version));
                }
            }
        }
        for (Path file : gone) {
            Seen before = seen.get(file);
            if (before.missing()) {
                seen.remove(file);
            } else {
                seen.put(file, new Seen(before.look(), before.last(), before.stable(), true));
                before.stable().ifPresent(version -> stable.put(file, version));
            }
        }
        return stable;
    }

    private static Seen look(Path file, Optional<Seen> before, boolean anyway) throws IOException {
        Look look = Look.at(file);
        if (!anyway
                && before.filter(then -> then.isSettled() && then.look().equals(look))
                        .isPresent()) {
            return before.get();
        }
        Version version = Version.of(file, read(file));
        if (before.filter(then -> then.last().equals(version)).isPresent()) {
            return new Seen(look, version, Optional.of(version), false);
        }
        return new Seen(look, version, before.flatMap(Seen::stable), false);
    }

    private static byte[] read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }
}
