package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switches of Camel's own reload. */
class ReloadSettingsTest {
    @TempDir
    private Path directory;

    private Settings settings(String text) throws IOException {
        return Settings.load(
                Files.writeString(directory.resolve("a.properties"), text), Optional.empty(), directory, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.main.routes-reload-remove-all-routes=true",
                "camel.main.routesReloadRestartDuration=true",
                "camel.main.context-reload-enabled=true",
                "camel.main.routes-reload-directory=file:elsewhere"
            })
    void refusesWhatItWouldNotDo(String line) throws IOException {
        Settings settings = settings(line + "\n");

        assertThatThrownBy(() -> ReloadSettings.folder(settings, directory))
                .isInstanceOf(CaravanException.class)
                .hasMessageStartingWith("camel.main.")
                .hasMessageContaining("delete it");
    }

    @Test
    void takesCamelsOwnNamesWhereTheyMeanTheSame() throws IOException {
        Files.createDirectory(directory.resolve("deep"));
        Files.writeString(directory.resolve("deep/a.camel.yaml"), "[]");
        Files.writeString(directory.resolve("b.xml"), "<routes/>");

        Settings settings = settings("camel.main.routesReloadDirectory=" + directory + "\n"
                + "camel.main.routes-reload-directory-recursive=false\n"
                + "camel.main.routes-reload-remove-all-routes=false\n"
                + "camel.main.routes-reload-pattern=*.xml\n");

        assertThat(ReloadSettings.folder(settings, directory).files())
                .containsExactly(directory.toAbsolutePath().resolve("b.xml"));
    }
}
