package org.caravan.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.caravan.schema.Nearest;

/**
 * Fills in the placeholders of values: {@code {{key}}}, {@code {{key:default}}}, {@code {{env:NAME}}}, {@code {{sys:NAME}}} and
 * {@code {{file:PATH}}}. Those of Camel's functions that ask a service, such as {@code {{aws:secret/field}}}, stay as they are, for
 * Camel. Not thread-safe.
 */
final class Placeholders {
    /** Camel's property functions that ask a service. */
    private static final Set<String> OF_CAMEL = Set.of(
            "aws",
            "azure",
            "configmap",
            "configmap-binary",
            "cyberark",
            "gcp",
            "hashicorp",
            "ibm",
            "secret",
            "secret-binary");

    private static final Pattern OPEN_FUNCTION = Pattern.compile(
            "\\{\\{(?:" + OF_CAMEL.stream().map(Pattern::quote).collect(Collectors.joining("|")) + "):");

    /** Where Camel finds the functions of the components on the class path. */
    private static final String FUNCTIONS = "/META-INF/services/org/apache/camel/properties-function/";

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final Map<String, Entry> inForce;
    private final Map<String, String> environment;
    private final Deque<String> path = new ArrayDeque<>();

    /** Why a placeholder cannot be filled in. */
    private static final class Unfilled extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Mistake mistake;

        Unfilled(String wrong, String mend) {
            super(wrong, null, false, false);
            this.mistake = new Mistake(wrong, mend);
        }
    }

    /**
     * @param inForce the values that keys have, by key
     * @param environment the variables that override them
     */
    Placeholders(Map<String, Entry> inForce, Map<String, String> environment) {
        this.inForce = inForce;
        this.environment = environment;
    }

    /** Whether something is left in a value that only Camel can fill in, by asking a service. */
    static boolean isOpen(String value) {
        return OPEN_FUNCTION.matcher(value).find();
    }

    /** An entry with its value filled in, as far as it can be; what cannot goes to the problems. */
    Entry fill(Entry entry, List<Problem> problems) {
        if (!entry.text().contains(OPEN)) {
            return entry;
        }
        try {
            path.push(entry.key());
            return entry.filled(fill(entry.text()));
        } catch (Unfilled e) {
            problems.add(new Problem(
                    entry.place(),
                    entry.key(),
                    Optional.of(SecretSettings.shown(entry.key(), entry.text())),
                    e.mistake.wrong(),
                    e.mistake.mend()));
            return entry;
        } finally {
            path.pop();
        }
    }

    private String fill(String text) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int close = close(text, open);
            filled.append(text, at, open).append(value(text.substring(open + OPEN.length(), close)));
            at = close + CLOSE.length();
        }
        return filled.append(text, at, text.length()).toString();
    }

    private static int close(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length() - 1; i++) {
            if (text.startsWith(OPEN, i)) {
                depth++;
                i++;
            } else if (text.startsWith(CLOSE, i)) {
                depth--;
                if (depth == 0) {
                    return i;
                }
                i++;
            }
        }
        throw new Unfilled("a placeholder without an end", "write }} after " + text.substring(open));
    }

    private String value(String placeholder) {
        int colon = placeholder.indexOf(':');
        String name = (colon < 0 ? placeholder : placeholder.substring(0, colon)).strip();
        Optional<String> rest = colon < 0 ? Optional.empty() : Optional.of(placeholder.substring(colon + 1));
        if (rest.isPresent() && OF_CAMEL.contains(name)) {
            if (Placeholders.class.getResource(FUNCTIONS + name) == null) {
                // Camel would take it for the key and what follows for its default.
                throw new Unfilled(
                        "Camel's function {{" + name + ":…}} is not on the class path",
                        "add its component to target/lib, or write the secret into a file and {{file:<path>}}");
            }
            return OPEN + placeholder + CLOSE;
        }
        if (rest.isPresent() && name.equals("file")) {
            return file(Path.of(fill(rest.get()).strip()));
        }
        if (rest.isPresent() && (name.equals("env") || name.equals("sys"))) {
            return variable(name.equals("env"), rest.get());
        }
        return key(name, rest);
    }

    private String variable(boolean ofEnvironment, String rest) {
        int colon = rest.indexOf(':');
        String name = (colon < 0 ? rest : rest.substring(0, colon)).strip();
        String value = ofEnvironment ? environment.get(name) : System.getProperty(name);
        if (value != null) {
            return value;
        }
        if (colon >= 0) {
            return fill(rest.substring(colon + 1));
        }
        String kind = ofEnvironment ? "environment variable" : "system property";
        throw new Unfilled(
                "there is no " + kind + " " + name,
                "set it, or write {{" + (ofEnvironment ? "env:" : "sys:") + name + ":<default>}}");
    }

    private static String file(Path file) {
        try {
            return SecretFile.read(file);
        } catch (IOException e) {
            throw new Unfilled(
                    "the file " + file + " cannot be read (" + SecretFile.reason(e) + ")", "write it, or name another");
        }
    }

    private String key(String name, Optional<String> rest) {
        boolean optional = name.startsWith("?");
        String key = optional ? name.substring(1) : name;
        String ofEnvironment = environment.get(Settings.variable(key));
        if (ofEnvironment != null) {
            return ofEnvironment;
        }
        Entry entry = inForce.get(key);
        if (entry == null) {
            if (optional || rest.isPresent()) {
                return rest.map(this::fill).orElse("");
            }
            throw new Unfilled(
                    "{{" + key + "}} is not set",
                    Nearest.closest(key, inForce.keySet())
                            .map(near -> "did you mean {{" + near + "}}?")
                            .orElse("set " + key + ", or write {{" + key + ":<default>}}"));
        }
        if (path.contains(key)) {
            List<String> round = new ArrayList<>(path);
            throw new Unfilled("it refers to itself by way of " + String.join(", ", round), "write a value");
        }
        path.push(key);
        try {
            return fill(entry.text());
        } finally {
            path.pop();
        }
    }
}
