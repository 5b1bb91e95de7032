package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What {@code src/launcher/classes.list} must not hold, whoever writes it anew. */
class ClassListTest {
    private static final Pattern VERSION = Pattern.compile("META-INF/versions/[0-9]+/(.+)\\.class");

    /** A JVM before 21 crashes when an agent or a flight recording looks at such a class of an archive. */
    @Test
    void holdsNoClassOfWhichAJarHasSeveralVersions() throws IOException {
        Set<String> versions = new HashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(entry)) {
                    jar.stream()
                            .map(file -> VERSION.matcher(file.getName()))
                            .filter(Matcher::matches)
                            .forEach(found -> versions.add(found.group(1)));
                }
            }
        }

        assertThat(versions).isNotEmpty();
        assertThat(names()).hasSizeGreaterThan(5_000).doesNotContainAnyElementsOf(versions);
    }

    @Test
    void holdsNothingOfTheMachineThatItWasWrittenOn() throws IOException {
        assertThat(Path.of("src/launcher/classes.list"))
                .content()
                .doesNotContain("source:", "file:", ".jar")
                .doesNotContainPattern("\\$Proxy[0-9]");
    }

    private static List<String> names() throws IOException {
        return Files.readAllLines(Path.of("src/launcher/classes.list")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .map(words -> words[0].equals("@lambda-proxy") ? words[1] : words[0])
                .toList();
    }
}
