package org.caravan.reload;

import java.util.regex.Pattern;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.xml.io.XmlPullParserException;
import org.caravan.ledger.CaravanException;

/** Finds what a user can mend in what Camel says of a route that does not load. Stateless. */
public final class RouteErrors {
    private static final int DEEPEST_CAUSE = 32;

    /** How the YAML parser names the file of a message, which whoever shows it names already. */
    private static final Pattern IN_FILE = Pattern.compile("\\bin file:\\S+?, (?=line \\d)");

    private RouteErrors() {}

    /** The innermost message in one line, with the place, endpoint or property that it is about if Camel names one. */
    public static String explain(Throwable error) {
        String about = "";
        Throwable cause = error;
        Throwable innermost = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof CaravanException known) {
                return known.getMessage();
            }
            about = about(cause).isEmpty() ? about : about(cause);
            if (cause.getMessage() != null) {
                innermost = cause;
            }
            cause = cause.getCause();
        }
        String message = innermost instanceof PropertyBindingException
                ? "there is no such property, or it does not take that value"
                : String.valueOf(innermost.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        message = about + IN_FILE.matcher(message).replaceAll("in ");
        return message.endsWith(".") ? message : message + ".";
    }

    private static String about(Throwable error) {
        if (error instanceof ResolveEndpointFailedException failed && failed.getUri() != null) {
            return failed.getUri().replaceFirst("(?s)\\?.*", "") + ": ";
        }
        if (error instanceof PropertyBindingException binding && binding.getTarget() != null) {
            return "property " + binding.getPropertyName() + "=" + binding.getValue() + " of "
                    + binding.getTarget().getClass().getSimpleName() + ": ";
        }
        if (error instanceof XmlPullParserException xml && xml.getLineNumber() > 0) {
            return "line " + xml.getLineNumber() + ": ";
        }
        return "";
    }
}
