package org.caravan.sandbox.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to run a statement, checked
 * (docs.databricks.com/api/workspace/statementexecution/executestatement; the session is the JDBC driver's own addition).
 */
record StatementRequest(
        String sql,
        Optional<String> session,
        JsonNode parameters,
        Disposition disposition,
        Format format,
        long rowLimit,
        long byteLimit,
        Duration patience,
        OnTimeout onTimeout,
        JsonNode body) {

    enum Format {
        JSON_ARRAY,
        ARROW_STREAM
    }

    /** Where the rows are; the last is databricks-jdbc's own: inline if they fit. */
    enum Disposition {
        INLINE,
        EXTERNAL_LINKS,
        INLINE_OR_EXTERNAL_LINKS
    }

    /** What happens to a statement that runs longer than the caller waits. */
    enum OnTimeout {
        CONTINUE,
        CANCEL
    }

    private static final Pattern WAIT = Pattern.compile("([0-9]{1,3})s");
    private static final int MOST_PARAMETERS = 256;

    static StatementRequest of(JsonNode body) {
        String sql = body.path("statement").asText("");
        if (sql.isBlank()) {
            throw ApiError.badRequest("Statement must not be empty.");
        }
        JsonNode parameters = body.path("parameters");
        if (parameters.size() > MOST_PARAMETERS) {
            throw ApiError.badRequest(
                    "A statement takes at most " + MOST_PARAMETERS + " parameters, found " + parameters.size());
        }
        return new StatementRequest(
                sql,
                body.hasNonNull("session_id")
                        ? Optional.of(body.get("session_id").asText())
                        : Optional.empty(),
                parameters.isArray() ? parameters : MissingNode.getInstance(),
                choice(Disposition.class, body, "disposition", Disposition.INLINE),
                choice(Format.class, body, "format", Format.JSON_ARRAY),
                limit(body, "row_limit"),
                limit(body, "byte_limit"),
                waitTime(body.path("wait_timeout").asText("10s")),
                choice(OnTimeout.class, body, "on_wait_timeout", OnTimeout.CONTINUE),
                body);
    }

    private static long limit(JsonNode body, String key) {
        long limit = body.path(key).asLong(0);
        if (limit < 0 || body.hasNonNull(key) && !body.get(key).canConvertToExactIntegral()) {
            throw ApiError.badRequest(key + " must be a whole number, 0 for no limit, found " + body.get(key));
        }
        return limit;
    }

    private static Duration waitTime(String text) {
        Matcher matcher = WAIT.matcher(text);
        int seconds = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
        if (seconds != 0 && (seconds < 5 || seconds > 50)) {
            throw ApiError.badRequest("wait_timeout must be 0s or between 5s and 50s, found " + text);
        }
        return Duration.ofSeconds(seconds);
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode body, String key, E otherwise) {
        String text = body.path(key).asText(otherwise.name());
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw ApiError.badRequest(key + " must be one of " + List.of(type.getEnumConstants()) + ", found " + text);
    }
}
