package org.caravan.stage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.caravan.ledger.RunId;

/** Another process that stages parts in a directory: opens a folder, puts a file into it, and says where; then it waits to be killed. */
public final class RunFolderProcess implements AutoCloseable {
    private final Process process;
    private final Path folder;

    RunFolderProcess(Path directory) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunFolderProcess.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        folder = Path.of(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    /** The folder of the run there, in which a file lies. */
    Path folder() {
        return folder;
    }

    /** Kills the process, as an operating system does that has no memory left. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
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
