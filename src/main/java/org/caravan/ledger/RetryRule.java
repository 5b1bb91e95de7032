package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a step is tried, and how long it waits before it is tried again; immutable. To be bound in the registry; without one
 * {@link #DEFAULT} holds.
 *
 * @param attempts how often a step is tried in all; 1 is never again
 * @param delay the wait before the second attempt; it doubles with each
 * @param maxDelay the longest wait
 */
public record RetryRule(int attempts, Duration delay, Duration maxDelay) {
    /** Five attempts within about half a minute. */
    public static final RetryRule DEFAULT = new RetryRule(5, Duration.ofSeconds(2), Duration.ofMinutes(1));

    public RetryRule {
        requireNonNull(delay, "delay");
        requireNonNull(maxDelay, "maxDelay");
        if (attempts < 1) {
            throw new IllegalArgumentException("A step is tried at least once, not " + attempts + " times");
        }
        if (delay.isNegative() || delay.isZero() || maxDelay.compareTo(delay) < 0) {
            throw new IllegalArgumentException(
                    "A retry waits more than 0 s and at most the longest wait; not " + delay + " and " + maxDelay);
        }
    }
}
