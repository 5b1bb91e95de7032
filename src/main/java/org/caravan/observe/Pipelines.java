package org.caravan.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the pipelines are, as the ledger was asked last; immutable.
 *
 * @param asOf when they were so; empty if the ledger was never reached
 * @param asked when the ledger was asked last and answered, or failed
 * @param trouble why the ledger cannot be used, if it cannot
 */
record Pipelines(List<PipelineState> states, Optional<Instant> asOf, Instant asked, Optional<String> trouble) {
    Pipelines {
        states = List.copyOf(states);
    }

    static Pipelines unknown(Instant now) {
        return new Pipelines(List.of(), Optional.empty(), now, Optional.empty());
    }

    /** The same, of which nothing newer can be said. */
    Pipelines in(Instant now, String why) {
        return new Pipelines(states, asOf, now, Optional.of(why));
    }

    /** The names of those of which something is to be said. */
    List<String> with(Condition condition) {
        return states.stream()
                .filter(state -> state.is(condition))
                .map(PipelineState::pipeline)
                .toList();
    }
}
