package org.caravan.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A folder of mounted secrets: the name of each file is a key, its text the value. Files whose names begin with a dot, which
 * Kubernetes keeps there for itself, are none. Immutable.
 */
record SecretsFolder(List<Entry> entries, List<Problem> problems) {
    SecretsFolder {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** @param setting where the folder is named */
    static SecretsFolder read(Path folder, Entry setting) {
        List<Entry> entries = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(files::add);
        } catch (IOException e) {
            problems.add(new Problem(
                    setting.place(),
                    setting.key(),
                    Optional.of(setting.text()),
                    "a folder that cannot be read",
                    "mount the secrets there, or name another folder"));
        }
        for (Path file : files) {
            String key = file.getFileName().toString();
            if (key.startsWith(".") || !Files.isRegularFile(file)) {
                continue;
            }
            Place place = Place.inSecretFile(file);
            try {
                entries.add(Entry.of(key, SecretFile.read(file), place));
            } catch (IOException e) {
                problems.add(new Problem(
                        place,
                        key,
                        Optional.empty(),
                        "cannot be read (" + SecretFile.reason(e) + ")",
                        "mount it anew"));
            }
        }
        return new SecretsFolder(entries, problems);
    }
}
