package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailuresTest {
    @Test
    void takesOurOwnExceptionWhereverItStands() {
        CaravanException ours =
                new CaravanException(Category.PUBLISH, "our words", SdkClientException.create("the SDK's words"));

        assertThat(Failures.of(new IllegalStateException(new IOException("camel", ours)), Step.EXTRACT))
                .isEqualTo(new Failure(Category.PUBLISH, "our words"));
    }

    @Test
    void takesTheOutermostOfOurExceptions() {
        CaravanException inner = new CaravanException(Category.SOURCE, "inner");

        assertThat(Failures.of(new CaravanException(Category.STAGE, "outer", inner), Step.LOAD))
                .isEqualTo(new Failure(Category.STAGE, "outer"));
    }

    @Test
    void asksTheExplainersOfThePackages() {
        assertThat(Failures.of(new IOException(SdkClientException.create("no route")), Step.STAGE))
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(Category.STAGE))
                .extracting(Failure::message)
                .asString()
                .startsWith("Amazon S3 cannot be used: no route");
        assertThat(Failures.of(new IOException(new SQLException("denied", "42501")), Step.VERIFY))
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(Category.VERIFY))
                .extracting(Failure::message)
                .isEqualTo("Measuring the run's table in Redshift failed: denied.");
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                arguments(new IOException(new InterruptedException())),
                arguments(new RejectedExecutionException("shutting down")));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void callsARunThatWasStoppedInterrupted(Throwable error) {
        assertThat(Failures.of(error, Step.LOAD))
                .isEqualTo(new Failure(Category.INTERRUPTED, "The run was stopped in step load."));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void givesWhatItDoesNotKnowToTheStep(Step step) {
        assertThat(Failures.of(new IOException("outer", new IllegalStateException("the cause")), step))
                .isEqualTo(new Failure(step.category(), "Step " + step.label() + " failed: the cause"));
    }

    @Test
    void namesTheClassOfAnErrorWithoutAMessage() {
        assertThat(Failures.of(new NullPointerException(), Step.STAGE).message())
                .isEqualTo("Step stage failed: java.lang.NullPointerException");
    }

    @Test
    @Timeout(10)
    void endsInACircleOfCauses() {
        IllegalStateException first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));

        assertThat(Failures.of(first, Step.STAGE).category()).isEqualTo(Category.STAGE);
    }

    @ParameterizedTest
    @CsvSource({"CONFIG, 3", "SOURCE, 4", "STAGE, 5", "LOAD, 6", "VERIFY, 7", "PUBLISH, 8", "INTERRUPTED, 9"})
    void hasTheExitCodesThatAreDocumented(Category category, int exitCode) {
        assertThat(category.exitCode()).isEqualTo(exitCode);
        assertThat(Category.values()).hasSize(7);
    }
}
