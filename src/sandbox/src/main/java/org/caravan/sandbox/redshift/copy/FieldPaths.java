package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.sandbox.redshift.syntax.LongNames;

/**
 * Where the columns find their fields in a document, one path for each column:
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-json.html.
 *
 * @param paths the steps of each path; empty for the document itself
 * @param ignoreCase whether names are compared without regard to case
 * @param byName whether every path is the name of its column
 */
record FieldPaths(List<List<Step>> paths, boolean ignoreCase, boolean byName) {
    private static final Pattern DOT = Pattern.compile("\\.([^'.\\[\\]]+)|\\[(\\d+)\\]");
    private static final Pattern BRACKET = Pattern.compile("\\['((?:[^'\\\\]|\\\\.)*)'\\]|\\[(\\d+)\\]");

    /** One step: a name, or an index if there is no name. */
    record Step(Optional<String> name, int index) {}

    static FieldPaths of(DataFormat.FieldMapping mapping, List<String> columns, S3Objects s3)
            throws CopyFailure.Thrown {
        if (mapping instanceof DataFormat.FieldMapping.NoShred) {
            return new FieldPaths(List.of(List.of()), false, false);
        }
        if (mapping instanceof DataFormat.FieldMapping.Paths file) {
            Optional<List<List<Step>>> paths = parse(s3.read(file.file()), file.file());
            if (paths.isPresent()) {
                if (paths.get().size() != columns.size()) {
                    // field report
                    throw CopyFailure.of(
                                    "Number of jsonpaths and the number of columns should match. JSONPath size: "
                                            + paths.get().size()
                                            + ", Number of columns in table or column list: " + columns.size(),
                                    8001,
                                    file.file().toString())
                            .thrown();
                }
                return new FieldPaths(paths.get(), false, false);
            }
            // "If the name is any string other than "jsonpaths", COPY uses the 'auto' argument":
            // copy-usage_notes-copy-from-json.html
            return byName(columns, false);
        }
        return byName(columns, ((DataFormat.FieldMapping.Auto) mapping).ignoreCase());
    }

    private static FieldPaths byName(List<String> columns, boolean ignoreCase) {
        List<List<Step>> paths = new ArrayList<>();
        columns.forEach(name -> paths.add(List.of(new Step(Optional.of(name), 0))));
        return new FieldPaths(paths, ignoreCase, true);
    }

    /** The columns' numbers by the names that documents use. */
    Map<String, Integer> columnsByName() {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            columns.put(folded(paths.get(i).get(0).name().orElseThrow()), i);
        }
        return columns;
    }

    /** A document's name as the columns' are known here: those of more than 63 bytes are shortened. */
    String folded(String name) {
        return LongNames.shortened(ignoreCase ? name.toLowerCase(Locale.ROOT) : name);
    }

    private static Optional<List<List<Step>>> parse(byte[] json, S3Location file) throws CopyFailure.Thrown {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw invalid("Invalid JSONPath format: it is no JSON object", file);
        }
        if (root == null || !root.isObject()) {
            throw invalid("Invalid JSONPath format: it is no JSON object", file);
        }
        JsonNode expressions = root.path("jsonpaths");
        if (expressions.isMissingNode()) {
            return Optional.empty();
        }
        if (!expressions.isArray()) {
            throw invalid("Invalid JSONPath format: \"jsonpaths\" is no array", file);
        }
        List<List<Step>> paths = new ArrayList<>();
        boolean dots = false;
        boolean brackets = false;
        for (JsonNode expression : expressions) {
            String text = expression.asText();
            dots |= text.startsWith("$.");
            brackets |= text.contains("['");
            paths.add(steps(text, file));
        }
        if (dots && brackets) {
            throw invalid("Invalid JSONPath format: bracket notation and dot notation cannot be mixed", file);
        }
        return Optional.of(paths);
    }

    private static List<Step> steps(String expression, S3Location file) throws CopyFailure.Thrown {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = (expression.contains("['") ? BRACKET : DOT).matcher(expression);
        int at = 1;
        while (expression.startsWith("$") && at < expression.length() && matcher.find(at) && matcher.start() == at) {
            boolean named = matcher.group(1) != null;
            if (named && matcher.group(1).equals("*")) {
                break;
            }
            steps.add(
                    named
                            ? new Step(Optional.of(matcher.group(1).replaceAll("\\\\(.)", "$1")), 0)
                            : new Step(Optional.empty(), Integer.parseInt(matcher.group(2))));
            at = matcher.end();
        }
        if (at < expression.length() || steps.isEmpty()) {
            throw invalid("Invalid JSONPath format: " + expression, file);
        }
        return steps;
    }

    private static CopyFailure.Thrown invalid(String message, S3Location file) {
        return CopyFailure.of(message, 8001, file.toString()).thrown();
    }
}
