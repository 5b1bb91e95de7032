package org.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds a certificate against the copies of it that are kept elsewhere; stateless. */
final class CertificateCopies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_SHOWN = 5;

    private CertificateCopies() {}

    /**
     * Whether a copy says the same.
     *
     * @param keeper who keeps it
     * @param copy its text; empty if it has none
     */
    static CertificateFinding check(String keeper, JsonNode certificate, Optional<String> copy) {
        if (copy.isEmpty()) {
            return CertificateFinding.unchecked(
                    CertificateFigures.POINT,
                    keeper + " has no certificate of run "
                            + certificate.path("run").asText());
        }
        JsonNode other;
        try {
            other = JSON.readTree(copy.get());
        } catch (JsonProcessingException e) {
            return CertificateFinding.differs(
                    CertificateFigures.POINT, keeper + " has one that is no JSON: " + e.getOriginalMessage());
        }
        List<String> differences = new ArrayList<>();
        compare("", certificate, other, differences);
        if (differences.isEmpty()) {
            return CertificateFinding.holds(CertificateFigures.POINT, keeper + " has the same");
        }
        return CertificateFinding.differs(
                CertificateFigures.POINT,
                keeper + " has another: "
                        + String.join("; ", differences.subList(0, Math.min(MOST_SHOWN, differences.size())))
                        + (differences.size() > MOST_SHOWN
                                ? "; and " + (differences.size() - MOST_SHOWN) + " more"
                                : ""));
    }

    private static void compare(String path, JsonNode here, JsonNode there, List<String> differences) {
        if (here.isObject() && there.isObject()) {
            Set<String> names = new TreeSet<>();
            here.fieldNames().forEachRemaining(names::add);
            there.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, here.path(name), there.path(name), differences));
        } else if (here.isArray() && there.isArray()) {
            for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
                compare(path + "[" + i + "]", here.path(i), there.path(i), differences);
            }
        } else if (!here.equals(there)) {
            differences.add(path + " is " + shown(there) + " there, " + shown(here) + " here");
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "absent" : value.toString();
    }
}
