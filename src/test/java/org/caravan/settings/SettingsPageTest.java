package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/settings.md} is made of the catalogue. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("docs/reference/settings.md");
    private static final Path MADE = Path.of("target/settings.md");
    private static final String BEGIN = "<!-- made of the catalogue -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void isWhatTheCatalogueSays() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String wanted = page.substring(0, begin) + tables() + page.substring(page.indexOf(END));
        Files.writeString(MADE, wanted);

        assertThat(page).as("copy " + MADE + " over " + PAGE).isEqualTo(wanted);
    }

    @Test
    void showsProblemsAsTheProductDoes() throws IOException {
        String page = Files.readString(PAGE);
        for (String line : List.of(
                "redshift.lock-wait=5 minutes: not a duration; write 5m (units: ms, s, m, h, d)",
                "redshift.lockwait=5m: no such setting; did you mean redshift.lock-wait?")) {
            assertThat(page).contains(line);
        }
    }

    private static String tables() {
        List<Catalogue.Group> groups = new ArrayList<>(Catalogue.GROUPS);
        groups.add(Catalogue.DATA_SOURCES);
        groups.add(Catalogue.PIPELINES);
        return groups.stream().map(SettingsPageTest::table).collect(Collectors.joining());
    }

    private static String table(Catalogue.Group group) {
        return Stream.concat(
                        Stream.of(
                                "\n## " + group.title() + "\n",
                                "| setting | type | default | meaning | since |",
                                "|---|---|---|---|---|"),
                        group.settings().stream().map(SettingsPageTest::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Setting setting) {
        String preset = setting.preset()
                .filter(value -> !value.isEmpty())
                .map(value -> "`" + value + "`")
                .orElse(setting.need() == Setting.Need.REQUIRED ? "*required*" : "");
        return "| `" + setting.key() + "` | " + setting.type().label() + " | " + preset + " | " + setting.meaning()
                + " | " + setting.since() + " |";
    }
}
