package org.caravan.reload;

import java.util.Set;

/**
 * What a version of a file puts into a Camel; immutable.
 *
 * @param routes the ids that its author gave to routes
 * @param inputs what no two routes may read from: {@code direct:} names and keys of quartz triggers
 * @param names what other files may refer to: ids of templates and Kamelets, names of beans
 * @param configures whether it configures routes of other files
 * @param scheduled whether quartz starts a route of it
 */
record Contents(Set<String> routes, Set<String> inputs, Set<String> names, boolean configures, boolean scheduled) {
    static final Contents NONE = new Contents(Set.of(), Set.of(), Set.of(), false, false);

    Contents {
        routes = Set.copyOf(routes);
        inputs = Set.copyOf(inputs);
        names = Set.copyOf(names);
    }

    /** Whether a route of such a text would be another one if this changed. */
    boolean isNeededBy(Version other) {
        return configures || names.stream().anyMatch(other::mentions);
    }
}
