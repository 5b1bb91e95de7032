package org.caravan.sandbox.host;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every verb takes. */
final class CommonOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The sandbox's directory; default: the system property " + SandboxDirectory.PROPERTY
                    + ", else target/sandbox.")
    private Optional<Path> given = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say what the verb does, and end.")
    private boolean help;

    SandboxDirectory directory() {
        return SandboxDirectory.of(given);
    }
}
