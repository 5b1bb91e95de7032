package org.caravan.reload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;

/** Finds the line of a file that an error is about; stateless. */
final class ErrorLines {
    private static final Pattern SAID = Pattern.compile("\\bline:? (\\d+)");
    private static final Pattern PLACEHOLDER = Pattern.compile("[Pp]roperty with key \\[([^\\]]+)\\]");
    private static final int DEEPEST_CAUSE = 32;

    private ErrorLines() {}

    /** The problem that an error of loading a version tells, with its line if it can be found. */
    static Problem problem(Throwable error, Version version) {
        String message = RouteErrors.explain(error);
        Matcher said = SAID.matcher(message);
        if (said.find()) {
            return new Problem(message, OptionalInt.of(Integer.parseInt(said.group(1))));
        }
        OptionalInt line = OptionalInt.empty();
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            // What is further inside is told more exactly.
            for (String token : tokens(cause)) {
                OptionalInt found = lineOf(token, version);
                line = found.isPresent() ? found : line;
            }
            cause = cause.getCause();
        }
        return new Problem(message, line);
    }

    private static List<String> tokens(Throwable error) {
        if (error instanceof FailedToCreateRouteException route && route.getRouteId() != null) {
            return List.of(route.getRouteId());
        }
        Optional<String> failed = error instanceof ResolveEndpointFailedException endpoint
                ? Optional.ofNullable(endpoint.getUri())
                : error instanceof NoSuchEndpointException endpoint
                        ? Optional.ofNullable(endpoint.getUri())
                        : Optional.empty();
        if (failed.isPresent()) {
            String uri = failed.get().replaceFirst("\\?.*", "").replaceFirst("://", ":");
            return List.of(uri.replaceFirst(":.*", "") + ":", uri);
        }
        Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(error.getMessage()));
        return placeholder.find() ? List.of(placeholder.group(1)) : List.of();
    }

    /** The line on which a text stands first, if it does. */
    static OptionalInt lineOf(String text, Version version) {
        int at = Optional.of(version.text().indexOf(text))
                .filter(index -> !text.isBlank())
                .orElse(-1);
        return at < 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) version.text()
                                .substring(0, at)
                                .chars()
                                .filter(sign -> sign == '\n')
                                .count()
                        + 1);
    }
}
