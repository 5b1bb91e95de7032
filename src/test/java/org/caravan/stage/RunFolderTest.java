package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path directory;

    @Test
    void leavesNothing() throws IOException {
        RunFolder folder = RunFolder.open(directory, RunId.at(Instant.EPOCH));
        Files.writeString(folder.path().resolve("part"), "rows");

        folder.close();
        folder.close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void removesWhatADeadProcessLeft() throws IOException {
        Path left = Files.createDirectory(directory.resolve("caravan-dead"));
        Files.writeString(left.resolve("dead-00001"), "rows");
        Files.createFile(directory.resolve("caravan-dead.lock"));

        try (RunFolder folder = RunFolder.open(directory, RunId.at(Instant.EPOCH))) {
            assertThat(left).doesNotExist();
            assertThat(directory.resolve("caravan-dead.lock")).doesNotExist();
            assertThat(folder.path()).isEmptyDirectory();
        }
    }

    @Test
    void leavesAloneWhatIsAliveOrNotItsOwn() throws IOException {
        Path strange = Files.createDirectory(directory.resolve("caravan-photos"));
        Path lock = Files.createFile(directory.resolve("caravan-alive.lock"));
        Path alive = Files.createDirectory(directory.resolve("caravan-alive"));
        try (FileChannel held = FileChannel.open(lock, StandardOpenOption.WRITE);
                RunFolder first = open(held);
                RunFolder second = RunFolder.open(directory, RunId.at(Instant.EPOCH))) {
            assertThat(alive).exists();
            assertThat(strange).exists();
            assertThat(first.path()).exists().isNotEqualTo(second.path());
        }
        assertThat(strange).exists();
    }

    private RunFolder open(FileChannel held) throws IOException {
        assertThat(held.lock().isValid()).isTrue();
        return RunFolder.open(directory, RunId.at(Instant.EPOCH));
    }

    @Test
    void processesShareADirectoryAndOneThatDiesIsSweptByTheNext() throws Exception {
        Path own = Files.createDirectory(directory.resolve("own"));
        try (RunFolder first = RunFolder.open(own, RunId.at(Instant.EPOCH));
                RunFolderProcess other = new RunFolderProcess(own);
                RunFolderProcess third = new RunFolderProcess(own)) {
            Path part = other.folder().resolve("part");
            try (RunFolder second = RunFolder.open(own, RunId.at(Instant.EPOCH.plusSeconds(1)))) {
                assertThat(part).hasContent("rows");
                assertThat(first.path()).exists();
                assertThat(second.path()).exists();
            }

            other.kill();
            assertThat(part).exists();

            try (RunFolder next = RunFolder.open(own, RunId.at(Instant.EPOCH.plusSeconds(2)))) {
                assertThat(other.folder()).doesNotExist();
                assertThat(lockOf(other.folder())).doesNotExist();
                assertThat(third.folder().resolve("part")).hasContent("rows");
                assertThat(first.path()).exists();
                assertThat(next.path()).exists();
            }
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    @Test
    void namesTheSettingIfTheFolderCannotBeUsed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RunFolder.open(file, RunId.at(Instant.EPOCH)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("Set staging.directory");
    }
}
