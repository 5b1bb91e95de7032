package org.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page shows of the applications that embed the product is what {@code EmbeddedIT} runs. */
class EmbeddingPageTest {
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```\\w+\\n(.*?)^```$");

    @Test
    void showsOnlyWhatIsInTheApplications() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/embedded"))) {
            sources = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/target/"))
                    .map(EmbeddingPageTest::text)
                    .toList();
        }
        List<String> snippets = SNIPPET.matcher(text(Path.of("docs/embedding.md")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThan(5)
                .allSatisfy(snippet -> assertThat(sources).as(snippet).anyMatch(source -> source.contains(snippet)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
