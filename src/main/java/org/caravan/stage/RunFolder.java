package org.caravan.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravan.ledger.RunId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's own local folder for its parts, beside a lock file that tells other processes that the run is alive: {@code
 * caravan-<run>/} and {@code caravan-<run>.lock}. Opening one removes those that dead processes left in the same place. The owner
 * closes it, and with that deletes it. Thread-safe.
 *
 * <p>A lock ends with its process, however that ends. A lock file that cannot be locked is another process's; one that can be is
 * nobody's any more. Closing any channel of a file gives up all of a process's locks on it (POSIX), so files of this process are
 * never opened a second time.
 */
final class RunFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final String START = "caravan-";
    private static final String LOCK = ".lock";

    /** The lock files of this process. */
    private static final Set<Path> OWN = new HashSet<>();

    private final Path path;
    private final Path lockFile;
    private final FileChannel channel;

    private RunFolder(Path path, Path lockFile, FileChannel channel) {
        this.path = path;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    static RunFolder open(Path directory, RunId run) {
        synchronized (OWN) {
            try {
                Path base = Files.createDirectories(directory).toRealPath();
                sweep(base);
                Path lockFile = base.resolve(START + run + LOCK);
                FileChannel channel = lock(lockFile);
                OWN.add(lockFile);
                RunFolder folder = new RunFolder(base.resolve(START + run), lockFile, channel);
                try {
                    Files.createDirectories(folder.path);
                } catch (IOException e) {
                    folder.close();
                    throw e;
                }
                return folder;
            } catch (IOException e) {
                throw TemporarySpace.unusable(directory, e);
            }
        }
    }

    /** A process that sweeps may take the new file for one left behind and delete it before it is locked; then once more. */
    private static FileChannel lock(Path lockFile) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.lock();
            if (held.isValid() && Files.exists(lockFile)) {
                return channel;
            }
            channel.close();
        }
    }

    private static void sweep(Path base) throws IOException {
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(base, START + "*" + LOCK)) {
            found.forEach(others::add);
        }
        others.removeAll(OWN);
        for (Path other : others) {
            try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE);
                    FileLock dead = channel.tryLock()) {
                if (dead != null) {
                    String name = other.getFileName().toString();
                    delete(other.resolveSibling(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(other);
                    LOG.info("Removed the parts that a process left which is not alive any more: {}", other);
                }
            } catch (NoSuchFileException | OverlappingFileLockException e) {
                LOG.debug("{} is gone, or held by this process through another class loader", other);
            } catch (IOException e) {
                LOG.warn("Parts that another process left cannot be removed: {}", e.toString());
            }
        }
    }

    /** Part files lie flat in the folder; nothing else is looked for. */
    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    Path path() {
        return path;
    }

    /** A folder that cannot be removed keeps its lock file, so that the next run sweeps it. */
    @Override
    public void close() {
        synchronized (OWN) {
            if (!OWN.remove(lockFile)) {
                return;
            }
            try (channel) {
                delete(path);
                Files.deleteIfExists(lockFile);
            } catch (IOException e) {
                LOG.warn("The folder {} cannot be removed: {}", path, e.toString());
            }
        }
    }
}
