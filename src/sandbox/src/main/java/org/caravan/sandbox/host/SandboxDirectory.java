package org.caravan.sandbox.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a sandbox keeps everything: data, logs, credentials, temporary files. Nothing of a sandbox is outside its directory.
 *
 * @param root the directory, absolute
 */
record SandboxDirectory(Path root) {
    /** The system property that names the directory when {@code --dir} does not. */
    static final String PROPERTY = "caravan.sandbox.dir";

    SandboxDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The given directory; else the one that the system property names; else {@code target/sandbox}. */
    static SandboxDirectory of(Optional<Path> given) {
        return new SandboxDirectory(given.orElseGet(() -> Path.of(
                System.getProperty(PROPERTY, Path.of("target", "sandbox").toString()))));
    }

    /** The state of the stand-ins, kept by the supervisor while it lives. */
    Path state() {
        return root.resolve("state.json");
    }

    /** How to reach the stand-ins; only while the sandbox is up. Holds credentials. */
    Path connections() {
        return root.resolve("sandbox.json");
    }

    /** The product's settings for this sandbox; only while it is up. Holds credentials. */
    Path settings() {
        return root.resolve("application-sandbox.properties");
    }

    Path credentials() {
        return root.resolve("credentials.json");
    }

    /** Locked by the supervisor while it lives. */
    Path lock() {
        return root.resolve("sandbox.lock");
    }

    Path log(String name) {
        return root.resolve("logs").resolve(name + ".log");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path binaries() {
        return root.resolve("postgres-binaries");
    }

    Path data(String standIn) {
        return root.resolve(standIn);
    }

    /** Creates what must be there before a stand-in starts. */
    void create() {
        try {
            Files.createDirectories(root);
            PrivateFiles.restrictDirectory(root);
            Files.createDirectories(logs());
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new SandboxFailure("the sandbox directory " + root + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** Deletes what an earlier start left in the directory for temporary files. */
    void clearTemporary() {
        delete(temporary());
        create();
    }

    /** Deletes a file or a directory with everything in it, if it exists. */
    static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new SandboxFailure(path + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}
