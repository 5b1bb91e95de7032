package org.caravan.sandbox.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read, and that a reader sees whole or not at all. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Writes the file beside its place and moves it there; mode 600 where the file system has modes. */
    static void write(Path file, String content) {
        try {
            Path draft =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".draft");
            if (hasModes(draft)) {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new SandboxFailure(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Lets only the owner into the directory. */
    static void restrictDirectory(Path directory) throws IOException {
        if (hasModes(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
