package org.caravan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Apache SeaTunnel's own engine (Zeta) in local mode: its JDBC source, its local file sink, Parquet with snappy. The folder that its
 * archive would give is made of its artifacts.
 *
 * @see <a href="https://seatunnel.apache.org/docs/2.3.4/start-v2/locally/deployment">its archive</a>
 */
record SeaTunnelRun(int readers) implements Contender.Launch {
    private static final String HEAP = "-Xmx2g";

    static List<Contender> all() {
        return List.of(
                contender("seatunnel", "SeaTunnel 2.3.4 (Zeta, local): Jdbc to LocalFile, Parquet snappy", 1),
                contender("seatunnel-2", "SeaTunnel: the same, 2 readers", 2));
    }

    private static Contender contender(String id, String title, int readers) {
        return new Contender(id, title, HEAP, Source.LINEITEM, Contender.Role.WRITER, new SeaTunnelRun(readers));
    }

    @Override
    public Invocation of(Site site, Dataset data, Path directory) throws IOException {
        Path home = site.directory().resolve("seatunnel");
        Path library = site.library("seatunnel");
        install(home, library);
        Path job = home.resolve("job.conf");
        Files.writeString(job, job(site, data, directory));
        Path config = home.resolve("config");
        return new Invocation(
                List.of(
                        Site.java(),
                        HEAP,
                        "-Djava.io.tmpdir=" + site.directory().resolve("tmp"),
                        "-DSEATUNNEL_HOME=" + home,
                        "-Dseatunnel.config=" + config.resolve("seatunnel.yaml"),
                        "-Dhazelcast.config=" + config.resolve("hazelcast.yaml"),
                        "-Dhazelcast.client.config=" + config.resolve("hazelcast-client.yaml"),
                        "-cp",
                        String.join(":", classPath(library)),
                        "org.apache.seatunnel.core.starter.seatunnel.SeaTunnelClient",
                        "--config",
                        job.toString(),
                        "-e",
                        "local"),
                Map.of("SEATUNNEL_HOME", home.toString()),
                Printed::seaTunnelSeconds);
    }

    /** Everything but the connectors, which the engine loads itself. */
    private static List<String> classPath(Path library) throws IOException {
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(library, "*.jar")) {
            for (Path jar : all) {
                if (!jar.getFileName().toString().startsWith("connector-")) {
                    jars.add(jar.toString());
                }
            }
        }
        return jars.stream().sorted().toList();
    }

    private static void install(Path home, Path library) throws IOException {
        Path connectors = Files.createDirectories(home.resolve("connectors"));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(library, "connector-*.jar")) {
            for (Path jar : found) {
                Files.copy(jar, connectors.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(
                connectors.resolve("plugin-mapping.properties"),
                """
                seatunnel.source.Jdbc = connector-jdbc
                seatunnel.sink.LocalFile = connector-file-local
                """);
        Path config = Files.createDirectories(home.resolve("config"));
        int port = freePort();
        Files.writeString(
                config.resolve("hazelcast.yaml"),
                """
                hazelcast:
                  cluster-name: bench
                  network:
                    join:
                      tcp-ip: { enabled: true, member-list: [127.0.0.1] }
                    port: { auto-increment: false, port: %d }
                  properties:
                    hazelcast.logging.type: log4j2
                """
                        .formatted(port));
        Files.writeString(
                config.resolve("hazelcast-client.yaml"),
                """
                hazelcast-client:
                  cluster-name: bench
                  network:
                    cluster-members: ["127.0.0.1:%d"]
                """
                        .formatted(port));
        Files.writeString(
                config.resolve("seatunnel.yaml"),
                """
                seatunnel:
                  engine:
                    backup-count: 0
                    queue-type: blockingqueue
                    slot-service: { dynamic-slot: true }
                    checkpoint:
                      interval: 600000
                      timeout: 600000
                      storage:
                        type: localfile
                        max-retained: 1
                        plugin-config: { namespace: "%s" }
                """
                        .formatted(home.resolve("checkpoints")));
    }

    private String job(Site site, Dataset data, Path directory) {
        String split = readers == 1
                ? ""
                : "partition_column = \"" + data.key() + "\"\n    partition_num = " + readers + "\n    ";
        return """
                env {
                  parallelism = %d
                  job.mode = "BATCH"
                }
                source {
                  Jdbc {
                    url = "%s"
                    driver = "org.postgresql.Driver"
                    user = "%s"
                    password = "%s"
                    query = "%s"
                    fetch_size = 10000
                    %s
                  }
                }
                sink {
                  LocalFile {
                    path = "%s"
                    tmp_path = "%s"
                    file_format_type = "parquet"
                    compress_codec = "snappy"
                  }
                }
                """
                .formatted(
                        readers,
                        site.url(),
                        site.user(),
                        site.password(),
                        data.sql(),
                        split,
                        directory.resolve("out"),
                        directory.resolve("temporary"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
