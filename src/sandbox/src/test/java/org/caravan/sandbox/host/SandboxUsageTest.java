package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxUsageTest {
    @TempDir
    Path dir;

    static Stream<Arguments> wrongUsage() {
        return Stream.of(
                Arguments.of(List.of(), "a verb is missing"),
                Arguments.of(List.of("sideways"), "sideways"),
                Arguments.of(List.of("up", "--speed", "9"), "--speed"),
                Arguments.of(List.of("kill"), "NAME"),
                Arguments.of(List.of("restart", "s3", "source"), "source"),
                Arguments.of(List.of("down", "--json"), "--json"),
                Arguments.of(List.of("up", "--scale", "big"), "scale 'big' is not a number"),
                Arguments.of(List.of("up", "--scale", "0"), "scale 0 is out of range; give one from 0.01 to 100"),
                Arguments.of(
                        List.of("up", "--only", "oracle"), "there is no stand-in 'oracle'; there are [source, s3,"),
                Arguments.of(List.of("up", "--only", "redshift"), "redshift copies from s3"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongUsage(List<String> arguments, String message) {
        HostCommand.Result output = HostCommand.run(arguments);

        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains(message).contains("--help");
        assertThat(output.out()).isEmpty();
        assertThat(dir).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down", "status", "kill", "restart"})
    void explainsEachVerb(String verb) {
        HostCommand.Result output = HostCommand.run(List.of(verb, "--help"));

        assertThat(output.exitCode()).isZero();
        assertThat(output.out()).contains("Usage: sandbox " + verb, "--dir=DIR", "target/sandbox");
    }
}
