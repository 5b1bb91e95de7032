package org.caravan.stage;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.caravan.OtherJvm;
import org.caravan.ledger.RunId;

/** Another process that stages parts in a directory: opens a folder, puts a file into it, and says where; then it waits to be killed. */
public final class RunFolderProcess implements AutoCloseable {
    private final OtherJvm jvm;
    private final Path folder;

    RunFolderProcess(Path directory) throws IOException {
        jvm = new OtherJvm(RunFolderProcess.class, directory.toString());
        folder = Path.of(jvm.says().orElseThrow());
    }

    /** The folder of the run there, in which a file lies. */
    Path folder() {
        return folder;
    }

    void kill() throws InterruptedException {
        jvm.kill();
    }

    @Override
    public void close() {
        jvm.close();
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        // Logging of the libraries goes to standard output as well.
        System.setOut(System.err);
        try (RunFolder folder = RunFolder.open(Path.of(arguments[0]), RunId.at(Instant.now()))) {
            Files.writeString(folder.path().resolve("part"), "rows");
            out.println(folder.path());
            // Until the other process is gone.
            System.in.read();
        }
    }
}
