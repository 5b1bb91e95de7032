package org.caravan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.caravan.ledger.Category;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands its arguments to the bench's own command line, in a process of its own: the product knows nothing of it. */
@Command(
        name = "bench",
        description =
                "Measure Caravan beside psql, Spark, stock Camel and SeaTunnel on the same rows, in a clone (--help).")
final class BenchCommand implements Callable<Integer> {
    private static final String MAIN = "org.caravan.bench.Bench";

    @Spec
    private CommandSpec spec;

    @Unmatched
    private List<String> arguments;

    @Override
    public Integer call() {
        Path target = Common.home().resolve("src/bench/host/target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            spec.commandLine()
                    .getErr()
                    .println("The bench is not built: " + target.resolve("lib")
                            + " does not exist. './caravan bench' builds it; by hand:"
                            + " mvn -f src/bench/pom.xml -DskipTests package.");
            return Category.CONFIG.exitCode();
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dcaravan.home=" + Common.home().toAbsolutePath(),
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                MAIN));
        command.addAll(arguments == null ? List.of() : arguments);
        try {
            Process bench = new ProcessBuilder(command).inheritIO().start();
            // Whatever ends this process ends the bench, which then ends what it has started.
            Runtime.getRuntime().addShutdownHook(new Thread(bench::destroy, "stop-bench"));
            return bench.waitFor();
        } catch (IOException e) {
            spec.commandLine().getErr().println("The bench does not start: " + e.getMessage());
            return Category.CONFIG.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Category.INTERRUPTED.exitCode();
        }
    }
}
