package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSettingsTest {
    private static final String BASE =
            """
            redshift.url=jdbc:redshift://host:5439/dev
            databricks.url=jdbc:databricks://host:443;OAuth2Secret=c4n4ry-1;x=1
            shop.url=jdbc:x://ada:c4n4ry-2@host/db?password=c4n4ry-3
            redshift.password=c4n4ry-4
            databricks.token=c4n4ry-5
            s3.access-key=c4n4ry-6
            """;

    @TempDir
    private Path directory;

    @Test
    void findsEverySecretOfFilesAndEnvironment() throws IOException {
        Settings settings = settings(
                BASE, Map.of("REDSHIFT_PASSWORD", "c4n4ry-7", "SHOP_TOKEN", "c4n4ry-8", "S3_SECRET_KEY", "c4n4ry-9"));

        for (int i : new int[] {1, 2, 3, 5, 6, 7, 8, 9}) {
            assertThat(SecretSettings.of(settings).masked("said c4n4ry-" + i + " so"))
                    .isEqualTo("said *** so");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c4n4ry-1", "c4n4ry-2", "c4n4ry-3", "c4n4ry-4", "c4n4ry-5", "c4n4ry-6"})
    void isTheSameVersionWhateverTheSecretsAre(String secret) throws IOException {
        assertThat(version(BASE.replace(secret, "changed"))).isEqualTo(version(BASE));
    }

    @ParameterizedTest
    @CsvSource({"5439, 5440", "x=1, x=2", "host/db, host/other"})
    void isAnotherVersionWhenASettingIsAnother(String from, String to) throws IOException {
        assertThat(BASE).contains(from);
        assertThat(version(BASE.replace(from, to))).isNotEqualTo(version(BASE)).matches("[0-9a-f]{64}");
    }

    private String version(String text) throws IOException {
        return SecretSettings.version(settings(text, Map.of()));
    }

    private Settings settings(String text, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("settings.properties"), text);
        return Settings.load(file, Optional.empty(), directory, environment);
    }
}
