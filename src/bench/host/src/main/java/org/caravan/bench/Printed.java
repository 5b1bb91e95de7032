package org.caravan.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What contenders print of their own time. */
final class Printed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SEATUNNEL = Pattern.compile("Total Time\\(s\\)\\s*:\\s*(\\d+)");

    private Printed() {}

    /** The last line that is a JSON object with {@code seconds}: Caravan's report, and the bench's own programs. */
    static Optional<Double> seconds(String output) {
        return lastObject(output).filter(each -> each.has("seconds")).map(each -> each.path("seconds")
                .asDouble());
    }

    /** The last line that is a JSON object. */
    static Optional<JsonNode> lastObject(String output) {
        Optional<JsonNode> last = Optional.empty();
        for (String line : output.lines().toList()) {
            if (line.startsWith("{")) {
                try {
                    last = Optional.of(JSON.readTree(line));
                } catch (JsonProcessingException e) {
                    // A line of a log.
                }
            }
        }
        return last;
    }

    /** SeaTunnel's statistics, in whole seconds. */
    static Optional<Double> seaTunnelSeconds(String output) {
        Matcher found = SEATUNNEL.matcher(output);
        return found.find() ? Optional.of(Double.valueOf(found.group(1))) : Optional.empty();
    }
}
