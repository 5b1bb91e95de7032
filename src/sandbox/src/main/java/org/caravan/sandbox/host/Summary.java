package org.caravan.sandbox.host;

import java.util.List;
import java.util.Map;

/** A sandbox that is up, for people: addresses, and where the credentials are. */
final class Summary {
    private Summary() {}

    static String of(Map<String, Object> connections) {
        StringBuilder text = new StringBuilder();
        text.append("The sandbox is up, at scale ")
                .append(connections.get("scale"))
                .append(".\n");
        for (String name :
                List.of(StandInSpecs.SOURCE, StandInSpecs.S3, StandInSpecs.REDSHIFT, StandInSpecs.DATABRICKS)) {
            if (connections.get(name) instanceof Map<?, ?> section) {
                Object address = section.containsKey("url") ? section.get("url") : section.get("endpoint");
                line(text, name, address);
            }
        }
        line(text, "settings", connections.get("config"));
        line(text, "directory", connections.get("dir"));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("  %-11s %s%n", name, value));
    }
}
