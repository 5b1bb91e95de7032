package org.caravan.ledger;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what a database's error means for the settings of a connection; stateless. */
public final class SqlFailures {
    private static final Pattern DATABRICKS_STATEMENT =
            Pattern.compile("^Statement execution failed \\S+ -> .*?\\bFAILED\\. Error Message: ");

    private SqlFailures() {}

    /**
     * An error that names the setting to mend.
     *
     * @param settings the first word of the connection's settings, such as {@code redshift} for {@code redshift.url}
     * @param doing what was tried, such as {@code "Running the query"}
     */
    public static CaravanException of(Category category, String settings, String doing, SQLException error) {
        SQLException root = root(error);
        String message =
                Optional.ofNullable(root.getMessage()).orElse(root.getClass().getName());
        String state = Optional.ofNullable(root.getSQLState()).orElse("");
        return new CaravanException(
                category, doing + " failed: " + oneLine(message) + advice(settings, state, root), error);
    }

    /** The innermost SQL exception: a pool wraps the driver's in one that says only that time is up. */
    public static SQLException root(SQLException error) {
        SQLException root = error;
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException inner) {
                root = inner;
            }
        }
        return root;
    }

    private static String advice(String settings, String state, SQLException root) {
        String message = String.valueOf(root.getMessage());
        if (message.contains("Invalid access token") || message.contains("HTTP 401") || message.contains("HTTP 403")) {
            return " Check the setting " + settings + ".token, and that its owner may use the warehouse.";
        }
        if (message.contains("NO_SUCH_CATALOG")) {
            return " Check the setting " + settings + ".catalog.";
        }
        if (state.startsWith("28")) {
            return " Check the settings " + settings + ".user and " + settings + ".password.";
        }
        if (state.startsWith("3D")) {
            return " Check the database's name in the setting " + settings + ".url.";
        }
        if (state.startsWith("08") || message.contains("Failed to connect")) {
            return " Check the setting " + settings + ".url, and that the server is up and can be reached from here.";
        }
        return "";
    }

    /** The message of an error in one line, without the statement that the Databricks driver puts before it. */
    public static String oneLine(String message) {
        String line = String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
        line = DATABRICKS_STATEMENT.matcher(line).replaceFirst("");
        return line.endsWith(".") ? line : line + ".";
    }
}
