package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * The sandbox as a process of its own, with its own libraries: none of them is on the product's class path. An owned sandbox ends
 * when this process does, however it ends; closing it waits for that.
 */
final class Sandbox implements AutoCloseable {
    private static final String MAIN = "org.caravan.sandbox.host.Sandbox";
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final JsonNode facts;

    private Sandbox(Process process, JsonNode facts) {
        this.process = process;
        this.facts = facts;
    }

    /** Runs a verb of the sandbox in this process' terminal, and gives its exit code. */
    static int command(List<String> arguments) {
        try {
            return builder(arguments).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new CaravanException(Category.CONFIG, "The sandbox does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Category.INTERRUPTED.exitCode();
        }
    }

    /** Starts a sandbox that this process owns, and waits until it is ready. */
    static Sandbox owned(Path directory, String scale) {
        try {
            Process process = builder(List.of(
                            "up", "--foreground", "--json", "--fresh", "--scale", scale, "--dir", directory.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null) {
                process.waitFor();
                throw new CaravanException(
                        Category.CONFIG,
                        "The sandbox did not start; its logs are in " + directory.resolve("logs") + ".");
            }
            return new Sandbox(process, new ObjectMapper().readTree(line));
        } catch (IOException e) {
            throw new CaravanException(Category.CONFIG, "The sandbox does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaravanException(Category.INTERRUPTED, "Stopped while the sandbox started.", e);
        }
    }

    private static ProcessBuilder builder(List<String> arguments) {
        Path home = Path.of(System.getProperty(
                "caravan.sandbox.home",
                Common.home().resolve("src/sandbox/target").toString()));
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The sandbox is not built: " + home.resolve("lib")
                            + " does not exist. './caravan' builds it; by hand:"
                            + " mvn -f src/sandbox/pom.xml -DskipTests package.");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dcaravan.sandbox.dir=" + Common.sandbox().toAbsolutePath(),
                "-cp",
                home.resolve("classes") + ":" + home.resolve("lib") + "/*",
                MAIN));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** The profile that points the product at the stand-ins. */
    Path config() {
        return Path.of(facts.path("config").asText());
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
