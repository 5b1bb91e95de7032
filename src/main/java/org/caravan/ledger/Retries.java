package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import dev.failsafe.event.ExecutionScheduledEvent;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the steps of a run again where what failed passes by itself, and counts it. What is tried must be right to do again.
 * Thread-safe.
 */
public final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final double JITTER = 0.5;

    private final String run;
    private final StopRequest stop;
    private final List<Retried> retried = new ArrayList<>();
    private volatile RetryRule rule = RetryRule.DEFAULT;

    Retries(String run, StopRequest stop) {
        this.run = run;
        this.stop = stop;
    }

    /** What a step does, as often as it is tried. */
    @FunctionalInterface
    public interface Attempt<T> {
        /** Does it; the first attempt has the number 1. */
        T make(int number);
    }

    void setRule(RetryRule rule) {
        this.rule = requireNonNull(rule, "rule");
    }

    /**
     * Does something, and does it again after a while if a transient fault stopped it, as often as the rule says. A run that was
     * told to stop does not try again.
     *
     * @throws CaravanException or whatever else the last attempt threw
     */
    public <T> T call(Step step, Attempt<T> attempt) {
        Thread self = Thread.currentThread();
        Runnable wake = self::interrupt;
        RetryPolicy<T> policy = policy(step, wake);
        try {
            return Failsafe.with(policy).get(context -> {
                stop.forget(wake);
                return attempt.make(context.getAttemptCount() + 1);
            });
        } catch (FailsafeException e) {
            Thread.currentThread().interrupt();
            throw new CaravanException(
                    Category.INTERRUPTED,
                    "The run was stopped while step " + step.label() + " waited to be tried again.",
                    e);
        } finally {
            stop.forget(wake);
        }
    }

    private <T> RetryPolicy<T> policy(Step step, Runnable wake) {
        RetryPolicyBuilder<T> policy = RetryPolicy.<T>builder()
                .handleIf(error ->
                        !stop.isRequested() && TransientFaults.find(error, step).isPresent())
                .withMaxAttempts(rule.attempts())
                .onRetryScheduled(event -> {
                    note(step, event);
                    stop.onRequest(wake);
                });
        if (rule.maxDelay().compareTo(rule.delay()) > 0) {
            policy.withBackoff(rule.delay(), rule.maxDelay());
        } else {
            policy.withDelay(rule.delay());
        }
        return policy.withJitter(JITTER).build();
    }

    private <T> void note(Step step, ExecutionScheduledEvent<T> event) {
        Throwable error = event.getLastException();
        String fault = TransientFaults.find(error, step).orElse("unknown");
        LOG.warn(
                "{}: step {} is tried again in {} ms after attempt {} of {}: {} ({})",
                run,
                step.label(),
                event.getDelay().toMillis(),
                event.getAttemptCount(),
                rule.attempts(),
                fault,
                Failures.of(error, step).message());
        synchronized (retried) {
            retried.add(new Retried(step, event.getAttemptCount(), fault, event.getDelay()));
        }
    }

    /** The attempts that failed and were followed by another, in order. */
    public List<Retried> retried() {
        synchronized (retried) {
            return List.copyOf(retried);
        }
    }
}
