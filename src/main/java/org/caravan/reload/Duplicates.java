package org.caravan.reload;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** What two files may not both have; stateless. */
final class Duplicates {
    private Duplicates() {}

    /** What is wrong with a version that holds something that another file has already; empty if nothing is. */
    static Optional<Problem> of(Version version, Contents contents, Path other, Contents others) {
        return first(contents.routes(), others.routes())
                .map(id -> route(id, other, version))
                .or(() -> first(contents.inputs(), others.inputs()).map(input -> input(input, other, version)))
                .or(() -> first(contents.names(), others.names())
                        .map(name -> new Problem(
                                "'" + name + "' is defined in " + other.getFileName()
                                        + " already. Give this one another name.",
                                ErrorLines.lineOf(name, version))));
    }

    private static Optional<String> first(Collection<String> mine, Collection<String> others) {
        return mine.stream().filter(others::contains).sorted().findFirst();
    }

    static Problem route(String id, Path other, Version version) {
        return new Problem(
                "The route id '" + id + "' is taken by " + other.getFileName()
                        + "; the one would replace the other. Give this route another id.",
                ErrorLines.lineOf(id, version));
    }

    private static Problem input(String input, Path other, Version version) {
        String name = input.substring(input.indexOf(':') + 1);
        boolean quartz = input.startsWith("quartz:");
        return new Problem(
                (quartz ? "The quartz trigger '" + name + "'" : "'" + input + "'") + " starts a route of "
                        + other.getFileName() + " already. Give this route another "
                        + (quartz ? "group or name after quartz:." : "name after direct:."),
                ErrorLines.lineOf(quartz ? name.substring(name.indexOf('.') + 1) : input, version));
    }
}
