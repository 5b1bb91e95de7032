package org.caravan;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;

/** PostgreSQL servers of a test's own, in UTF-8, which keep nothing through a power cut; whoever starts one closes it. */
public final class PrivatePostgres {
    private PrivatePostgres() {}

    /** A server whose programs and data are in a folder. */
    public static EmbeddedPostgres.Builder in(Path directory) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(directory.resolve("data"))
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("fsync", "off");
    }
}
