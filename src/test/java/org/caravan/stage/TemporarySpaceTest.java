package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.verify.TableSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporarySpaceTest {
    @TempDir
    private Path directory;

    @Test
    void refusesWhatTheDiskCouldNotHold() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        PartOptions options = new PartOptions(Long.MAX_VALUE, free, 0, 3);

        assertThatThrownBy(() -> TemporarySpace.check(directory, options))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("parts on their way take up to " + 4 * free + " bytes")
                .hasMessageContaining("staging.directory")
                .hasMessageContaining("staging.part-size")
                .hasMessageContaining("staging.uploads")
                .extracting("category")
                .isEqualTo(Category.STAGE);
    }

    @Test
    void takesWhatFits() {
        TemporarySpace.check(directory, new PartOptions(Long.MAX_VALUE, 1, 0, 1));
        assertThat(new PartOptions(1, Long.MAX_VALUE / 2, 0, 4).maxBytesOnDisk())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tellsThatTheDiskBecameFullAndLeavesNoFile() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()))
                .as("this user may mount a tmpfs")
                .isZero();
        try {
            Run run = new Run(RunId.at(Instant.EPOCH), "p", Instant.EPOCH);
            Counting rows = new Counting(10);
            try (Parts parts = new Parts(
                    run,
                    rows,
                    new TableSummary(rows.columns()),
                    Keys.of("prefix", run),
                    directory,
                    new PartOptions(Long.MAX_VALUE, 1 << 30, 0, 1))) {
                Part part = parts.next();
                OutputStream output = part.output(OutputStream.nullOutputStream());

                assertThatThrownBy(() -> output.write(new byte[2 << 20]))
                        .isInstanceOf(CaravanException.class)
                        .hasMessageContaining("part 1 cannot be written to the folder " + directory)
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("Its file had 0 bytes, and 0 bytes are free there")
                        .hasMessageContaining("staging.directory")
                        .satisfies(full -> part.failed(full))
                        .extracting("category")
                        .isEqualTo(Category.STAGE);
                output.close();
            }
            assertThat(directory).isEmptyDirectory();
        } finally {
            run("umount", directory.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
