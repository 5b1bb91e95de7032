package org.caravan.sandbox.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How to start a stand-in.
 *
 * @param name its name, which is also its data directory's and its log's
 * @param mainClass the class that runs it
 * @param jvmOptions options of its Java machine, heap limit included
 * @param arguments its own {@code --key value} pairs, but for its ports
 */
record StandInSpec(String name, String mainClass, List<String> jvmOptions, List<String> arguments) {
    StandInSpec {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /**
     * What the user's environment adds, such as {@code -Xmx2g}: of two that contradict each other, the JVM takes the later one. The
     * variable is {@code CARAVAN_SANDBOX_} and the stand-in's name, as in {@code CARAVAN_SANDBOX_DATABRICKS}; blanks part its options.
     */
    List<String> moreOptions(Map<String, String> environment) {
        String options = environment.getOrDefault("CARAVAN_SANDBOX_" + name.toUpperCase(Locale.ROOT), "");
        return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
    }

    /** The same stand-in at these ports; 0 is a free one. */
    StandInSpec at(int port, int controlPort) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--port", Integer.toString(port), "--control-port", Integer.toString(controlPort)));
        return new StandInSpec(name, mainClass, jvmOptions, all);
    }
}
