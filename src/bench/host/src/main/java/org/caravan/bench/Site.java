package org.caravan.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where everything is.
 *
 * @param home the clone
 * @param directory the bench's own, for data, work and results
 * @param settings the sandbox's settings for the product
 */
record Site(Path home, Path directory, Properties settings) {
    /** Settings that the product asks for before it starts, and that a route which loads nothing never uses. */
    private static final Map<String, String> UNUSED = Map.of(
            "redshift.url", "jdbc:redshift://127.0.0.1:1/none",
            "redshift.copy.iam-role", "default",
            "databricks.url", "jdbc:databricks://127.0.0.1:1",
            "databricks.catalog", "none");

    String url() {
        return settings.getProperty("source.url");
    }

    String user() {
        return settings.getProperty("source.user");
    }

    String password() {
        return settings.getProperty("source.password");
    }

    /** How a process of ours is told of the source: not in its arguments, which everybody may read. */
    Map<String, String> connection() {
        return Map.of("BENCH_URL", url(), "BENCH_USER", user(), "BENCH_PASSWORD", password());
    }

    /** The settings of a product that only extracts. */
    Map<String, String> productSettings() {
        Map<String, String> all = new TreeMap<>(UNUSED);
        settings.stringPropertyNames().forEach(key -> all.put(key, settings.getProperty(key)));
        return all;
    }

    /** The files of the staging bucket, as the S3 stand-in keeps them. */
    Path bucket() {
        return directory.resolve("sandbox/s3/objects").resolve(settings.getProperty("staging.bucket"));
    }

    /** The class path of one of the bench's own programs. */
    String classPath(String module) {
        Path target = home.resolve("src/bench").resolve(module).resolve("target");
        return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    }

    Path library(String module) {
        return home.resolve("src/bench").resolve(module).resolve("target/lib");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Whether a program is on the path. */
    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What a child process sees beside what it is given: nothing that would change the product's settings. */
    static Map<String, String> plainEnvironment() {
        Map<String, String> plain = new LinkedHashMap<>();
        for (String name : List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME", "USER")) {
            String value = System.getenv(name);
            if (value != null) {
                plain.put(name, value);
            }
        }
        return plain;
    }
}
