package org.caravan.sandbox.host;

import java.util.List;

/**
 * How to start a stand-in.
 *
 * @param name its name, which is also its data directory's and its log's
 * @param mainClass the class that runs it
 * @param jvmOptions options of its Java machine, heap limit included
 * @param arguments its own {@code --key value} pairs
 */
record StandInSpec(String name, String mainClass, List<String> jvmOptions, List<String> arguments) {
    StandInSpec {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }
}
