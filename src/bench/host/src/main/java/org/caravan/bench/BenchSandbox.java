package org.caravan.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A sandbox that this process owns: it ends when this process does, however it ends. Closing it waits for that. */
final class BenchSandbox implements AutoCloseable {
    /** The stand-ins that reading and staging need. */
    static final List<String> SOURCE_AND_S3 = List.of("--only", "source,s3");

    /** All stand-ins. */
    static final List<String> WHOLE = List.of();

    private static final String MAIN = "org.caravan.sandbox.host.Sandbox";
    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final Path directory;

    private BenchSandbox(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Starts it and waits until it is ready. Data of an earlier start at the same scale are kept. */
    static BenchSandbox start(Path home, Path directory, String scale, List<String> which)
            throws IOException, InterruptedException {
        Path target = home.resolve("src/sandbox/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new BenchFailure("The sandbox is not built: there is no " + target.resolve("lib")
                    + ". './caravan bench' builds it; by hand: mvn -f src/sandbox/pom.xml -DskipTests package.");
        }
        List<String> command = new ArrayList<>(List.of(
                Site.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                MAIN,
                "up",
                "--foreground",
                "--json",
                "--scale",
                scale,
                "--dir",
                directory.toString()));
        command.addAll(which);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BenchSandbox sandbox = new BenchSandbox(process, directory);
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (line == null || new ObjectMapper().readTree(line).isEmpty()) {
            sandbox.close();
            throw new BenchFailure("The sandbox did not start; its logs are in " + directory.resolve("logs") + ".");
        }
        return sandbox;
    }

    /** The product's settings for it. */
    Properties settings() throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve("application-sandbox.properties"))) {
            settings.load(reader);
        }
        return settings;
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
