package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    private static final SandboxDirectory DIRECTORY = new SandboxDirectory(Path.of("/somewhere"));

    @Test
    void keepsTemporaryFilesAndCountersInTheSandbox() {
        assertThat(command())
                .contains(
                        "-Djava.io.tmpdir=/somewhere/tmp",
                        "-XX:-UsePerfData",
                        "-XX:ErrorFile=/somewhere/logs/hs_err_s3_%p.log");
    }

    @Test
    void makesTheClassPathAbsoluteBecauseTheChildWorksElsewhere() {
        String before = System.getProperty("java.class.path");
        System.setProperty("java.class.path", "target/classes" + File.pathSeparator + "/lib/a.jar");
        try {
            assertThat(command())
                    .contains(Path.of("target/classes").toAbsolutePath() + File.pathSeparator + "/lib/a.jar");
        } finally {
            System.setProperty("java.class.path", before);
        }
    }

    @Test
    void keepsTheUsersCloudCredentialsFromTheStandIns() {
        Map<String, String> environment = new HashMap<>(
                Map.of("AWS_SECRET_ACCESS_KEY", "x", "PGPORT", "1", "SPARK_HOME", "/s", "HOME", "/home/me"));

        JavaCommand.cleanEnvironment(environment);

        assertThat(environment)
                .containsOnly(
                        Map.entry("HOME", "/home/me"),
                        Map.entry("LC_ALL", "C.UTF-8"),
                        Map.entry("SPARK_LOCAL_IP", "127.0.0.1"));
    }

    private static List<String> command() {
        return new JavaCommand(DIRECTORY, "s3").of(List.of("-Xmx1m"), "Main", List.of("--a", "b"));
    }
}
