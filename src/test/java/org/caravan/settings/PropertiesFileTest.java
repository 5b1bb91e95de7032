package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesFileTest {
    private static final Path FILE = Path.of("/config/application.properties");

    /** Whatever stands in a file, it means what {@link Properties} reads in it. */
    @Property
    void readsWhatJavaReads(@ForAll("texts") String text) throws IOException {
        Properties java = new Properties();
        java.load(new StringReader(text));

        Map<String, String> read = new HashMap<>();
        PropertiesFile.parse(FILE, text).entries().forEach(entry -> read.put(entry.key(), entry.value()));

        assertThat(read).isEqualTo(java);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab=: \t\f\\#!\n\r.nt{}").ofMaxLength(40);
    }

    @ParameterizedTest
    @CsvSource({"one, 1", "two, 4", "four, 7", "last, 8"})
    void knowsTheLineOfEachKey(String key, int line) {
        String text = "one=1\n# no=thing\\\n\n two : a \\\n   three=b\r\n! no\r\nfour\nlast=";

        assertThat(PropertiesFile.parse(FILE, text).entries())
                .filteredOn(entry -> entry.key().equals(key))
                .singleElement()
                .extracting(Entry::place)
                .isEqualTo(Place.inFile(FILE, line));
    }

    @Test
    void namesAKeyThatIsThereTwice() {
        PropertiesFile file = PropertiesFile.parse(FILE, "a=1\nb=2\na=3\n");

        assertThat(file.problems())
                .extracting(Problem::line)
                .containsExactly(FILE + ":3: a: set in line 1 as well; delete one of the two");
    }

    @Test
    void goesOnAfterALineThatIsNone() {
        PropertiesFile file = PropertiesFile.parse(FILE, "a=\\u12\nb=2\n");

        assertThat(file.problems()).hasSize(1);
        assertThat(file.entries()).extracting(Entry::key).containsExactly("b");
    }
}
