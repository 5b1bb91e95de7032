package org.caravan.sandbox.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of a Java process that leaves no file outside the sandbox's directory. */
final class JavaCommand {
    private static final List<String> FOREIGN_SETTINGS = List.of("AWS_", "PG", "SPARK_", "HADOOP_");

    private final SandboxDirectory directory;
    private final String name;

    JavaCommand(SandboxDirectory directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    List<String> of(List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + directory.temporary());
        command.add("-Duser.timezone=UTC");
        command.add("-Dfile.encoding=UTF-8");
        // The JDK would keep a file of counters per process in /tmp.
        command.add("-XX:-UsePerfData");
        command.add("-XX:ErrorFile=" + directory.logs().resolve("hs_err_" + name + "_%p.log"));
        command.addAll(options);
        command.add("-cp");
        command.add(classPath());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** This process's class path, made absolute: the new process works in another directory. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Takes away what would reach a stand-in from its user's shell: cloud credentials, and settings of PostgreSQL and Spark. The
     * locale is set because Java encodes file names, which hold S3 keys, by it; the address, because Spark would otherwise ask
     * the network which one this machine has.
     */
    static void cleanEnvironment(Map<String, String> environment) {
        environment.keySet().removeIf(key -> FOREIGN_SETTINGS.stream().anyMatch(key::startsWith));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    }
}
