package org.caravan.sandbox.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the one supervisor of a directory; the operating system releases it when that process ends, however it ends. */
final class SandboxLock implements AutoCloseable {
    private final FileChannel channel;

    private SandboxLock(FileChannel channel) {
        this.channel = channel;
    }

    static SandboxLock take(SandboxDirectory directory) {
        try {
            FileChannel channel =
                    FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel).isEmpty()) {
                channel.close();
                throw new SandboxFailure("another sandbox is starting or running in " + directory.root()
                        + "; take it down, or give another directory with --dir");
            }
            return new SandboxLock(channel);
        } catch (IOException e) {
            throw new SandboxFailure(directory.lock() + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static Optional<FileLock> locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }
}
