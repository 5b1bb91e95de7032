package org.caravan.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    private Path folder;

    private final Watch watch = new Watch();

    @Test
    void tellsWhatWasTheSameTwice() throws IOException {
        write("a", "half");
        assertThat(poll()).isEmpty();
        write("a", "half and half");
        assertThat(poll()).isEmpty();
        assertThat(poll()).containsExactly("a: half and half");

        write("a", "changed");
        assertThat(poll()).containsExactly("a: half and half");
        assertThat(poll()).containsExactly("a: changed");
    }

    @Test
    void seesAChangeThatTheClockOfTheFolderCannotTell() throws IOException {
        write("a", "one");
        poll();
        poll();
        FileTime then = Files.getLastModifiedTime(folder.resolve("a"));

        write("a", "two");
        Files.setLastModifiedTime(folder.resolve("a"), then);

        poll();
        assertThat(poll()).containsExactly("a: two");
    }

    @Test
    void tellsThatAFileIsGoneOnceItWasMissingTwice() throws IOException {
        write("a", "text");
        poll();
        poll();

        Files.delete(folder.resolve("a"));

        assertThat(poll()).containsExactly("a: text");
        assertThat(poll()).isEmpty();
    }

    @Test
    void tellsNotThatAFileIsGoneBeforeWhatItMayHaveBecomeIsWritten() throws IOException {
        write("a", "text");
        poll();
        poll();

        Files.move(folder.resolve("a"), folder.resolve("b"));
        assertThat(poll()).containsExactly("a: text");
        write("b", "text, and mor");
        assertThat(poll()).containsExactly("a: text");
        write("b", "text, and more");
        assertThat(poll()).containsExactly("a: text");
        assertThat(poll()).containsExactly("b: text, and more");
    }

    @Test
    void tellsFilesThatAreGoneAndNewOnesTogether() throws IOException {
        write("a", "of a");
        write("b", "of b");
        poll();
        poll();

        Files.move(folder.resolve("a"), folder.resolve("a2"));
        assertThat(poll()).containsExactlyInAnyOrder("a: of a", "b: of b");
        Files.move(folder.resolve("b"), folder.resolve("b2"));
        assertThat(poll()).containsExactlyInAnyOrder("a: of a", "b: of b");
        assertThat(poll()).containsExactlyInAnyOrder("a2: of a", "b2: of b");
    }

    @Test
    void isNotHeldUpByAFileThatIsWrittenAllTheTime() throws IOException {
        write("a", "text");
        poll();
        poll();
        Files.delete(folder.resolve("a"));

        int polls = 0;
        do {
            write("b", "line " + ++polls);
        } while (!poll().isEmpty() && polls < 100);

        assertThat(polls).isBetween(3, 20);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Set<String> poll() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        return watch.poll(files).values().stream()
                .map(version -> version.file().getFileName() + ": " + version.text())
                .collect(Collectors.toSet());
    }
}
