package org.caravan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * {@code ./caravan run}, of a route that the bench writes: the launcher, the heap and the settings are the product's own.
 *
 * @param route which of the bench's routes
 * @param format the data format, as the route names it
 * @param partitions over how many connections the query is split
 */
record CaravanRun(Route route, String format, int partitions) implements Contender.Launch {
    static final String HEAP = "-Xmx256m";

    private static final String SPLIT = "partitions";

    /** The bench's routes. */
    enum Route {
        /** Extract and stage to S3, with the Kamelet that everyday pipelines have. */
        S3("s3", "classes/kamelets/caravan-extract.kamelet.yaml"),
        /** The same encoders and digest; each part is moved to a local folder. */
        FILES("files", "classes/META-INF/org/caravan/source/caravan-query.json"),
        /** The same; nobody takes a part, so that Caravan deletes it once it is encoded and its check sum known. */
        DISCARD("discard", "classes/META-INF/org/caravan/source/caravan-query.json"),
        /** The whole run, everything verified. */
        WHOLE("whole", "classes/kamelets/caravan-extract.kamelet.yaml");

        private final String label;
        private final String options;

        Route(String label, String options) {
            this.label = label;
            this.options = options;
        }
    }

    @Override
    public Optional<String> obstacle(Site site) {
        return partitions == 1 || knowsSplit(site)
                ? Optional.empty()
                : Optional.of("this Caravan has no option '" + SPLIT + "' yet");
    }

    private boolean knowsSplit(Site site) {
        Path options = site.home().resolve("target").resolve(route.options);
        try {
            return Files.exists(options) && Files.readString(options).contains(SPLIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path output(Site site, Path directory) {
        return route == Route.S3 ? site.bucket() : directory;
    }

    @Override
    public Invocation of(Site site, Dataset data, Path directory) throws IOException {
        Path folder = site.directory().resolve("routes").resolve(pipeline());
        Path routes = Files.createDirectories(folder.resolve("routes"));
        String text = text(data);
        Files.writeString(routes.resolve(pipeline() + ".camel.yaml"), text);
        Files.writeString(routes.resolve("query.sql"), data.sql());
        Files.copy(
                site.home().resolve("routes/verify.camel.yaml"),
                routes.resolve("verify.camel.yaml"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Path settings = folder.resolve("bench.properties");
        writeSettings(settings, text, site.productSettings(), directory);
        return new Invocation(
                List.of(
                        site.home().resolve("caravan").toString(),
                        "run",
                        pipeline(),
                        "--json",
                        "--routes",
                        routes.toString(),
                        "--config",
                        settings.toString()),
                // The launcher has built what is to be measured before the bench began.
                Map.of("CARAVAN_BUILD", "never"),
                Printed::seconds);
    }

    String pipeline() {
        return "bench_" + route.label + "_" + format.toLowerCase(java.util.Locale.ROOT) + "_" + partitions;
    }

    private String text(Dataset data) throws IOException {
        try (InputStream template = CaravanRun.class.getResourceAsStream(route.label + ".camel.yaml")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("PIPELINE", pipeline())
                    .replace("COLUMNS", data.columns().isEmpty() ? "" : "columns: " + data.columns())
                    .replace("PARTITIONS", partitions == 1 ? "" : SPLIT + ": " + partitions);
        }
    }

    private void writeSettings(Path file, String routes, Map<String, String> product, Path directory)
            throws IOException {
        Properties settings = new Properties();
        settings.putAll(product);
        // A setting that nobody uses is refused.
        Map.of("bench.format", format, "bench.directory", directory.toString()).forEach((key, value) -> {
            if (routes.contains("{{" + key + "}}")) {
                settings.setProperty(key, value);
            }
        });
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
    }
}
