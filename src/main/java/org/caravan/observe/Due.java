package org.caravan.observe;

import java.time.Instant;
import java.util.Optional;

/** When a pipeline is due. */
interface Due {
    /** Of a pipeline of which no times are known. */
    Due UNKNOWN = new Due() {
        @Override
        public Optional<Instant> lastUntil(Instant time) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> next(Instant time) {
            return Optional.empty();
        }
    };

    /** The last time not after another, of those for which this process answers. */
    Optional<Instant> lastUntil(Instant time);

    /** The next time after another. */
    Optional<Instant> next(Instant time);
}
