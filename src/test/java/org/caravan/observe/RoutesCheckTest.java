package org.caravan.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.camel.health.HealthCheck;
import org.caravan.reload.FileState;
import org.caravan.reload.Problem;
import org.caravan.reload.ReloadState;
import org.junit.jupiter.api.Test;

/** What is said of the files of the routes, and of who follows them. */
class RoutesCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

    /** Files as they are said to be. */
    private record Said(Optional<ReloadState> state, boolean isFollowing) implements FollowedFiles {}

    private static FileState file(String name, Optional<String> good, Problem... problem) {
        return new FileState(
                name,
                problem.length == 0 ? FileState.Status.LIVE : FileState.Status.REFUSED,
                good,
                Optional.empty(),
                Optional.of(problem).filter(some -> some.length > 0).map(some -> some[0]),
                NOW);
    }

    private static HealthCheck.Result check(int routes, Optional<String> trouble, FileState... files) {
        ReloadState state = new ReloadState(List.of(files), 1, 1, NOW, trouble);
        return new RoutesCheck(Optional.of(new Said(Optional.of(state), true)), () -> routes).call();
    }

    @Test
    void isUpWithOneBadFileAndNamesItsLine() {
        HealthCheck.Result result = check(
                2,
                Optional.empty(),
                file("good.camel.yaml", Optional.of("ab")),
                file("bad.camel.yaml", Optional.empty(), new Problem("No such endpoint.", OptionalInt.of(7))),
                file("worse.xml", Optional.of("cd"), new Problem("It is empty.", OptionalInt.empty())));

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage())
                .contains("2 routes are in force. bad.camel.yaml:7 is refused, nothing of it runs: No such endpoint."
                        + " worse.xml is refused, its version before goes on: It is empty.");
        assertThat(result.getDetails().get(ServiceCheck.DATA).toString())
                .contains("file=bad.camel.yaml, line=7, message=No such endpoint., before=none");
    }

    @Test
    void isDownWhenNothingIsInForce() {
        HealthCheck.Result result = check(
                0,
                Optional.empty(),
                file("bad.camel.yaml", Optional.empty(), new Problem("No such endpoint.", OptionalInt.of(7))));

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).startsWith("No route is in force. bad.camel.yaml:7 is refused");
    }

    @Test
    void isDownUntilTheFilesAreLoaded() {
        HealthCheck.Result result = new RoutesCheck(Optional.of(new Said(Optional.empty(), false)), () -> 3).call();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage()).contains("The files are being loaded.");
    }

    @Test
    void isUpWhenTheFolderCannotBeReadSinceItsRoutesGoOn() {
        HealthCheck.Result result =
                check(1, Optional.of("The folder /routes cannot be read"), file("good.camel.yaml", Optional.of("ab")));

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage()).contains("1 route is in force. The folder /routes cannot be read.");
    }

    @Test
    void isUpWithoutReloading() {
        assertThat(new RoutesCheck(Optional.empty(), () -> 1).call().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void isDeadOnceTheFilesAreFollowedNoMore() {
        ReloadState state = new ReloadState(List.of(), 0, 0, NOW, Optional.empty());

        assertThat(new ReloadCheck(new Said(Optional.empty(), false)).call().getState())
                .isEqualTo(HealthCheck.State.UP);
        assertThat(new ReloadCheck(new Said(Optional.of(state), true)).call().getState())
                .isEqualTo(HealthCheck.State.UP);
        assertThat(new ReloadCheck(new Said(Optional.of(state), false)).call().getState())
                .isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void isDeadOnceQuartzIsShutDown() {
        assertThat(new SchedulerCheck(() -> false).call().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(new SchedulerCheck(() -> true).call().getState()).isEqualTo(HealthCheck.State.DOWN);
    }
}
