package org.caravan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders of the bench's own. */
final class Folders {
    private Folders() {}

    /** The folder, which exists and is empty. */
    static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> below = Files.walk(folder)) {
                for (Path each : below.sorted(Comparator.reverseOrder())
                        .filter(path -> !path.equals(folder))
                        .toList()) {
                    Files.delete(each);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
