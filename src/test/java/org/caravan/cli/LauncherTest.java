package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's archive of classes: made once for each JVM, used if it fits, and never in the way. */
class LauncherTest {
    /** Stands for a JVM: makes an archive that holds its name, or tells the options that it was started with. */
    private static final String JVM =
            """
            #!/bin/sh
            case "$*" in
              *-Xshare:dump*)
                echo dumped >>"$0.dumps"
                echo 'a warning of the JVM'
                for option in "$@"; do
                  case "$option" in -XX:SharedArchiveFile=*) DUMP ;; esac
                done ;;
              *) printf '%s\\n' "$@" ;;
            esac
            """;

    private static final String ARCHIVE = "-XX:SharedArchiveFile=";

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void setUp() throws IOException {
        home = Files.createDirectories(directory.resolve("a home"));
        Files.copy(Path.of("caravan"), home.resolve("caravan"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectories(home.resolve("src/launcher"));
        Files.writeString(home.resolve("src/launcher/classes.list"), "java/lang/Object\n");
        Files.createDirectories(home.resolve("target/classes"));
        Files.writeString(home.resolve("target/classes/A.class"), "");
        Files.createDirectories(home.resolve("target/lib"));
        new JarOutputStream(Files.newOutputStream(home.resolve("target/caravan-1.jar"))).close();
        try (Stream<Path> sources = Files.walk(home)) {
            for (Path source : sources.toList()) {
                Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
        Files.writeString(home.resolve("target/.built"), "");
    }

    @Test
    void makesAnArchiveOnceAndUsesIt() throws Exception {
        Path jdk = jvm("jdk", "echo it >\"${option#*=}\"");

        assertThat(archives(call(jdk))).singleElement().asString().contains("a home/target/launcher/");
        assertThat(archives(call(jdk))).hasSize(1);

        assertThat(dumps(jdk)).hasSize(1);
    }

    @Test
    void makesOneForEachJava() throws Exception {
        Path one = jvm("one", "echo it >\"${option#*=}\"");
        Path other = jvm("other", "echo it >\"${option#*=}\"");

        assertThat(archives(call(one))).doesNotContainAnyElementsOf(archives(call(other)));
    }

    @Test
    void makesItAnewForOtherJars() throws Exception {
        Path jdk = jvm("jdk", "echo it >\"${option#*=}\"");
        call(jdk);
        Files.setLastModifiedTime(
                home.resolve("target/caravan-1.jar"),
                FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(archives(call(jdk))).hasSize(1);

        assertThat(dumps(jdk)).hasSize(2);
    }

    @Test
    void doesWithoutIfTheJavaMakesNone() throws Exception {
        Path jdk = jvm("jdk", "exit 1");

        assertThat(call(jdk)).contains("org.caravan.cli.Caravan", "run").noneMatch(LauncherTest::isOfTheArchive);
        assertThat(call(jdk)).noneMatch(LauncherTest::isOfTheArchive);

        assertThat(dumps(jdk)).hasSize(1);
    }

    @Test
    void doesWithoutWhereItCannotWrite() throws Exception {
        Path jdk = jvm("jdk", "echo it >\"${option#*=}\"");
        Files.writeString(home.resolve("target/launcher"), "no folder");

        assertThat(call(jdk)).contains("org.caravan.cli.Caravan", "run").noneMatch(LauncherTest::isOfTheArchive);
    }

    @Test
    void runsWhatIsCompiledLaterThanTheJar() throws Exception {
        Path jdk = jvm("jdk", "echo it >\"${option#*=}\"");
        Files.setLastModifiedTime(
                home.resolve("target/classes/A.class"),
                FileTime.from(Instant.now().minusSeconds(30)));

        assertThat(call(jdk))
                .contains(home.toRealPath() + "/target/classes:" + home.toRealPath() + "/target/lib/*")
                .noneMatch(LauncherTest::isOfTheArchive);
    }

    @Test
    void saysNothingOfAnArchiveThatDoesNotFit() throws Exception {
        Path java = Path.of(System.getProperty("java.home"));
        List<String> withArchive = call(java);
        try (Stream<Path> archives = Files.list(home.resolve("target/launcher"))) {
            for (Path archive : archives.toList()) {
                Files.delete(archive);
                Files.writeString(archive, "This is no archive.");
            }
        }

        // There is no such class in the jar of this home: what the JVM says of that is all it says.
        assertThat(call(java))
                .isEqualTo(withArchive)
                .noneMatch(line -> line.contains("rchive") || line.contains("[cds"));
    }

    /** A home without a stamp was never built, and gets one with the first build. */
    @Test
    void makesTheArchiveAloneIfToldTo() throws Exception {
        Path jdk = jvm("jdk", "echo it >\"${option#*=}\"");
        Files.delete(home.resolve("target/.built"));

        assertThat(archives(call(jdk, Map.of("CARAVAN_BUILD", "never")))).isEmpty();
        assertThat(archives(call(jdk, Map.of("CARAVAN_BUILD", "archive")))).hasSize(1);
        assertThat(archives(call(jdk, Map.of("CARAVAN_BUILD", "never")))).hasSize(1);

        assertThat(dumps(jdk)).hasSize(1);
        assertThat(home.resolve("target/.built")).doesNotExist();
    }

    /** A JVM refuses to start where the heap's first size is above its greatest. */
    @Test
    void beginsWithASmallHeapUnlessTheUserSizesIt() throws Exception {
        Path jdk = jvm("jdk", "exit 1");

        assertThat(call(jdk)).contains("-Xmx256m", "-Xms128m");
        assertThat(call(jdk, Map.of("CARAVAN_OPTS", "-Dx=y"))).contains("-Xms128m", "-Dx=y");
        for (String size : List.of("-Xmx64m", "-Dx=y -Xmx64m", "-XX:MaxHeapSize=64m")) {
            assertThat(call(jdk, Map.of("CARAVAN_OPTS", size))).noneMatch(option -> option.startsWith("-Xms"));
        }
    }

    /** A JVM ends at once where it does not know an option, and warns where the system's library cannot do it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void givesNativeMemoryBackWhereTheJavaKnowsHow() throws Exception {
        Path jdk = jvm("jdk", "exit 1");

        assertThat(call(jdk)).noneMatch(option -> option.contains("Trim"));
        for (String version : List.of("17.0.15", "17.0.20", "25.0.3", "30")) {
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            assertThat(call(jdk)).as(version).contains("-XX:TrimNativeHeapInterval=20000");
        }
        for (String version : List.of("17", "17.0.14", "17.0.1", "18.0.2", "21", "21.0.11", "24.0.2")) {
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            assertThat(call(jdk)).as(version).noneMatch(option -> option.contains("Trim"));
        }
    }

    private static boolean isOfTheArchive(String option) {
        return option.startsWith(ARCHIVE) || option.startsWith("-XX:Tier") || option.startsWith("-Xlog");
    }

    private static List<String> archives(List<String> options) {
        return options.stream().filter(option -> option.startsWith(ARCHIVE)).toList();
    }

    private Path jvm(String name, String dump) throws IOException {
        Path program =
                Files.createDirectories(directory.resolve(name).resolve("bin")).resolve("java");
        Files.writeString(program, JVM.replace("DUMP", dump));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return directory.resolve(name);
    }

    private static List<String> dumps(Path jdk) throws IOException {
        return Files.readAllLines(jdk.resolve("bin/java.dumps"));
    }

    /** What {@code ./caravan run} prints on both streams with a Java of this folder. */
    private List<String> call(Path jdk) throws Exception {
        return call(jdk, Map.of());
    }

    private List<String> call(Path jdk, Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("caravan").toString(), "run");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("CARAVAN_BUILD");
        builder.environment().remove("CARAVAN_OPTS");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return lines;
    }
}
