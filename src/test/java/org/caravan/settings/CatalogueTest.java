package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue holds every setting that the product reads, with the one default that it has. */
class CatalogueTest {
    /** How the product reads a setting: by a method of the settings, or by a placeholder. */
    private static final Pattern READ = Pattern.compile(
            "(?:settings|[sS]ettings\\(\\)|all)\\s*\\.\\s*(?:find|get|checked|isTrue|number|bytes|time|entry)\\(\\s*\"([^\"]+)\"");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\??([a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?::([^{}]*))?}}");

    /** Of the host itself, not to be set. */
    private static final Set<String> INTERNAL = Set.of("caravan.routes");

    @Test
    void holdsEveryKeyThatIsReadInTheCode() throws IOException {
        List<String> missing = new ArrayList<>();
        int read = 0;
        for (Path file : files(Path.of("src/main/java"), ".java")) {
            for (MatchResult found :
                    READ.matcher(Files.readString(file)).results().toList()) {
                read++;
                if (!found.group(1).startsWith(Settings.OF_CAMEL)
                        && Catalogue.find(found.group(1)).isEmpty()) {
                    missing.add(found.group(1) + " in " + file);
                }
            }
        }

        assertThat(read).isGreaterThan(15);
        assertThat(missing)
                .as("read, but not in org.caravan.settings.Catalogue")
                .isEmpty();
    }

    @Test
    void holdsEveryKeyThatIsUsedAsAPlaceholder() throws IOException {
        List<String> missing = new ArrayList<>();
        List<Path> files = new ArrayList<>(files(Path.of("routes"), ".yaml"));
        files.addAll(files(Path.of("routes"), ".xml"));
        files.addAll(files(Path.of("src/main/resources"), ".yaml"));
        files.addAll(files(Path.of("src/main/resources"), ".properties"));
        files.addAll(files(Path.of("src/main/java"), ".java"));
        Set<String> used = new TreeSet<>();
        for (Path file : files) {
            for (MatchResult found :
                    PLACEHOLDER.matcher(Files.readString(file)).results().toList()) {
                String key = found.group(1);
                used.add(key);
                boolean pipelines = key.endsWith(".schedule") || key.equals("profile.format");
                if (Catalogue.find(key).isEmpty() && !INTERNAL.contains(key) && !pipelines) {
                    missing.add(key + " in " + file);
                }
                if (found.group(2) != null
                        && Catalogue.find(key).flatMap(Setting::preset).isPresent()) {
                    assertThat(found.group(2))
                            .as("the default of " + key + " in " + file)
                            .isEqualTo(
                                    Catalogue.find(key).flatMap(Setting::preset).orElseThrow());
                }
            }
        }

        assertThat(used).hasSizeGreaterThan(15);
        assertThat(missing)
                .as("used, but not in org.caravan.settings.Catalogue")
                .isEmpty();
    }

    @Test
    void isTheOnlyPlaceOfDefaults() throws IOException {
        Properties wiring = new Properties();
        try (InputStream defaults = Catalogue.class.getResourceAsStream("/org/caravan/defaults.properties")) {
            wiring.load(defaults);
        }

        assertThat(wiring.stringPropertyNames())
                .as("put a setting of our own and its default into org.caravan.settings.Catalogue")
                .allMatch(key -> key.startsWith("camel."));
    }

    @Test
    void hasDefaultsOfTheRightTypes() {
        assertThat(Catalogue.all())
                .filteredOn(setting ->
                        setting.preset().filter(text -> !text.isBlank()).isPresent())
                .hasSizeGreaterThan(20)
                .allSatisfy(setting -> assertThat(
                                setting.type().mistake(setting.preset().orElseThrow()))
                        .as(setting.key())
                        .isEmpty());
    }

    @Test
    void keepsSecretsWhatTheirKeysSayTheyAre() {
        assertThat(Catalogue.all())
                .filteredOn(setting -> setting.key().matches(".*(password|token|secret-key|access-key)"))
                .hasSizeGreaterThan(5)
                .allMatch(Setting::isSecret);
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
