package org.caravan.cli;

import org.apache.camel.ResolveEndpointFailedException;
import org.caravan.ledger.CaravanException;

/** Finds what a user can mend in what Camel says of a route that does not load. Stateless. */
final class RouteErrors {
    private static final int DEEPEST_CAUSE = 32;

    private RouteErrors() {}

    /** The innermost message, with the endpoint that it is about if Camel names one. */
    static String explain(Throwable error) {
        String endpoint = "";
        Throwable cause = error;
        Throwable innermost = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof CaravanException known) {
                return known.getMessage();
            }
            if (cause instanceof ResolveEndpointFailedException failed && failed.getUri() != null) {
                endpoint = failed.getUri().replaceFirst("(?s)\\?.*", "") + ": ";
            }
            if (cause.getMessage() != null) {
                innermost = cause;
            }
            cause = cause.getCause();
        }
        String message = String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        if (innermost instanceof ResolveEndpointFailedException) {
            message = message.replaceFirst("^Failed to resolve endpoint: .*? due to: ", "");
        }
        return endpoint + message + (message.endsWith(".") ? "" : ".");
    }
}
