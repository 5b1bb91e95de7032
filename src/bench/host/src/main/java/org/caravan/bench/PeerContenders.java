package org.caravan.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Apache Spark and a stock Apache Camel route. */
final class PeerContenders {
    private static final String SPARK_HEAP = "-Xmx2g";
    private static final String CAMEL_HEAP = "-Xmx4g";

    /**
     * What Spark needs of the JDK.
     *
     * @see <a href="https://github.com/apache/spark/blob/master/launcher/src/main/java/org/apache/spark/launcher/JavaModuleOptions.java">Spark's
     *     own list</a>
     */
    private static final List<String> SPARK_MODULES = Stream.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar")
            .map(module -> "--add-opens=java.base/" + module + "=ALL-UNNAMED")
            .toList();

    private PeerContenders() {}

    static List<Contender> all() {
        return List.of(
                writer("spark", "Spark 4.2.0 local[2]: read.jdbc, write.parquet snappy", SPARK_HEAP, spark(1)),
                writer("spark-2", "Spark: the same, 2 partitions", SPARK_HEAP, spark(2)),
                writer(
                        "camel",
                        "Stock Camel 4.17.0: sql StreamList, collate, parquetAvro snappy, file",
                        CAMEL_HEAP,
                        camel("parquet")),
                writer("camel-csv", "Stock Camel: the same to CSV", CAMEL_HEAP, camel("csv")));
    }

    private static Contender writer(String id, String title, String settings, Contender.Launch launch) {
        return new Contender(id, title, settings, Source.LINEITEM, Contender.Role.WRITER, launch);
    }

    private static Contender.Launch spark(int partitions) {
        return (site, data, directory) -> {
            List<String> command = new ArrayList<>(List.of(Site.java(), SPARK_HEAP));
            command.addAll(SPARK_MODULES);
            Path temporary = directory.resolveSibling("spark-temporary");
            command.addAll(List.of(
                    "-Djava.io.tmpdir=" + site.directory().resolve("tmp"),
                    "-Dspark.local.dir=" + temporary,
                    "-cp",
                    site.classPath("spark"),
                    "org.caravan.bench.spark.SparkCopy",
                    data.name(),
                    directory.resolve("out").toString()));
            if (partitions > 1) {
                command.addAll(List.of(Integer.toString(partitions), data.key(), "1", Long.toString(data.maxKey())));
            }
            return new Invocation(command, site.connection(), Printed::seconds);
        };
    }

    private static Contender.Launch camel(String format) {
        return (site, data, directory) -> new Invocation(
                List.of(
                        Site.java(),
                        CAMEL_HEAP,
                        "-Djava.io.tmpdir=" + site.directory().resolve("tmp"),
                        "-cp",
                        site.classPath("camel"),
                        "org.caravan.bench.camel.CamelCopy",
                        format,
                        data.sql(),
                        directory.toString()),
                site.connection(),
                Printed::seconds);
    }
}
