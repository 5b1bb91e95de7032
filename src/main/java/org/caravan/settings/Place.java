package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the value of a setting stands; immutable.
 *
 * @param text the place as messages name it
 * @param file the file, if it stands in one, as seen from the working directory
 * @param line the line of the file, counted from 1
 */
public record Place(String text, Optional<String> file, OptionalInt line) {
    static final Place DEFAULT = new Place("default", Optional.empty(), OptionalInt.empty());

    public Place {
        requireNonNull(text, "text");
        requireNonNull(file, "file");
        requireNonNull(line, "line");
    }

    /**
     * A line of a file.
     *
     * @param line counted from 1
     */
    public static Place inFile(Path file, int line) {
        String shown = shown(file);
        return new Place(shown + ":" + line, Optional.of(shown), OptionalInt.of(line));
    }

    /** A file as a whole. */
    public static Place inFile(Path file) {
        String shown = shown(file);
        return new Place(shown, Optional.of(shown), OptionalInt.empty());
    }

    static Place inSecretFile(Path file) {
        String shown = shown(file);
        return new Place("secret file " + shown, Optional.of(shown), OptionalInt.empty());
    }

    static Place inEnvironment(String variable) {
        return new Place("environment variable " + variable, Optional.empty(), OptionalInt.empty());
    }

    /** Relative to the working directory if it lies below it. */
    static String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        return (absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute).toString();
    }
}
