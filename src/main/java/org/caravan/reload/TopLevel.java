package org.caravan.reload;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What stands at the top level of a YAML file. Camel refuses words there that it does not know, and passes over those that it knows
 * elsewhere: a step that is not indented enough would be no part of its route, and nobody would be told. Stateless.
 */
public final class TopLevel {
    /** The words that Camel loads at the top level: the properties of the items in its schema, camelYamlDsl.json. */
    static final Set<String> WORDS = Set.of(
            "beans",
            "dataFormats",
            "errorHandler",
            "from",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion",
            "onException",
            "rest",
            "restConfiguration",
            "route",
            "routeConfiguration",
            "routeTemplate",
            "templatedRoute");

    /** The kinds of resources that Camel loads from a file that is no list (YamlRoutesBuilderLoader). */
    private static final Set<String> KINDS = Set.of("Kamelet", "Pipe");

    /** Most files: each line that is not indented is a comment, or begins an item of such a word. */
    private static final Pattern USUAL = Pattern.compile("(?:(?:[ \\t#][^\\n]*|---\\s*|- (?:"
            + WORDS.stream().sorted().collect(Collectors.joining("|")) + "):[^\\n]*)?(?:\\r?\\n|\\z))*+");

    private TopLevel() {}

    /** What Camel would pass over in a file of this text; empty if nothing is known, as of all that is no YAML. */
    public static Optional<Problem> problem(Path file, String text) {
        if (!file.toString().endsWith(".yaml") || USUAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return new Compose(LoadSettings.builder().build())
                    .composeString(text)
                    .flatMap(TopLevel::problem);
        } catch (YamlEngineException e) {
            // Camel says so too.
            return Optional.empty();
        }
    }

    private static Optional<Problem> problem(Node root) {
        if (root instanceof SequenceNode items) {
            return items.getValue().stream()
                    .filter(MappingNode.class::isInstance)
                    .flatMap(item -> keys((MappingNode) item).stream())
                    .filter(key -> !WORDS.contains(key.getValue()))
                    .findFirst()
                    .map(key -> problem(
                            key,
                            "'" + key.getValue()
                                    + "' stands at the top level, outside of every route, where Camel passes over it;"
                                    + " indent it so that it is below the 'steps:' of its route."));
        }
        return root instanceof MappingNode one && !isOfAKind(one)
                ? keys(one).stream()
                        .findFirst()
                        .map(key -> problem(
                                key,
                                "The file begins with '" + key.getValue()
                                        + ":' and is no list, so that Camel finds no route in it;"
                                        + " write a list, such as '- route:', or a Kamelet, with 'kind: Kamelet'."))
                : Optional.empty();
    }

    private static boolean isOfAKind(MappingNode root) {
        return root.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals("kind"))
                .anyMatch(entry -> entry.getValueNode() instanceof ScalarNode kind && KINDS.contains(kind.getValue()));
    }

    private static List<ScalarNode> keys(MappingNode mapping) {
        return mapping.getValue().stream()
                .map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast)
                .toList();
    }

    private static Problem problem(ScalarNode key, String message) {
        OptionalInt line =
                key.getStartMark().stream().mapToInt(mark -> mark.getLine() + 1).findFirst();
        return new Problem(message, line);
    }
}
