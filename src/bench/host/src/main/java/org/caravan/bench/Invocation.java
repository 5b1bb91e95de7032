package org.caravan.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a contender's process is started, and how its own figures are read from what it prints.
 *
 * @param workSeconds from its standard output, the seconds from its first query until its last file was closed; empty if it has no
 *     start-up of its own worth telling apart
 */
record Invocation(
        List<String> command, Map<String, String> environment, Function<String, Optional<Double>> workSeconds) {
    Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static Invocation of(List<String> command, Map<String, String> environment) {
        return new Invocation(command, environment, printed -> Optional.empty());
    }
}
