package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final StopRequest stop = new StopRequest();
    private final Retries retries = new Retries("customers run x", stop);

    private static CaravanException failure(String state) {
        return new CaravanException(Category.LOAD, "It failed", new SQLException("why", state));
    }

    @Test
    void triesAgainUntilItSucceedsAndCountsIt() {
        retries.setRule(new RetryRule(3, Duration.ofMillis(1), Duration.ofMillis(4)));

        int attempts = retries.call(Step.LOAD, attempt -> {
            if (attempt < 3) {
                throw failure("08006");
            }
            return attempt;
        });

        assertThat(attempts).isEqualTo(3);
        assertThat(retries.retried())
                .extracting(Retried::attempt, Retried::fault)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, "connection lost"),
                        org.assertj.core.groups.Tuple.tuple(2, "connection lost"));
    }

    @Test
    void givesTheLastErrorWhenTheAttemptsAreUsedUp() {
        retries.setRule(new RetryRule(2, Duration.ofMillis(1), Duration.ofMillis(1)));

        assertThatThrownBy(() -> retries.call(Step.LOAD, attempt -> {
                    throw failure("08006");
                }))
                .isInstanceOf(CaravanException.class)
                .hasMessage("It failed");
        assertThat(retries.retried()).hasSize(1);
    }

    @Test
    void doesNotTryAgainWhatStays() {
        assertThatThrownBy(() -> retries.call(Step.LOAD, attempt -> {
                    throw failure("22003");
                }))
                .hasMessage("It failed");
        assertThat(retries.retried()).isEmpty();
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        retries.setRule(new RetryRule(2, Duration.ofMinutes(10), Duration.ofMinutes(10)));
        CountDownLatch failed = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return retries.call(Step.LOAD, attempt -> {
                    failed.countDown();
                    throw failure("08006");
                });
            } catch (CaravanException e) {
                return e;
            }
        });
        failed.await();

        stop.request();

        assertThat(ended.get()).isInstanceOf(CaravanException.class);
        assertThat(retries.retried().size()).isLessThanOrEqualTo(1);
    }
}
