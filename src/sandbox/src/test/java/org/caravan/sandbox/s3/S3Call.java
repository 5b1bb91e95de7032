package org.caravan.sandbox.s3;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of the conformance tables' language: a verb, its words, and options {@code name=value}.
 *
 * @param words what follows the verb and is no option
 */
record S3Call(String verb, List<String> words, Map<String, String> options) {
    private static final String OPTIONS =
            "bucket|clock|crc32|credentials|delimiter|encoding|expires|from|if-match|if-none-match|kms-key"
                    + "|max-keys|md5|meta|pages|part|prefix|range|show|sse|start-after|tamper|token|type|upload";
    private static final Pattern PIECE =
            Pattern.compile("(?:(" + OPTIONS + ")=)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+))", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    static S3Call of(String line) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        Matcher pieces = PIECE.matcher(line);
        while (pieces.find()) {
            String value = pieces.group(2) == null ? pieces.group(3) : unescape(pieces.group(2));
            if (pieces.group(1) == null) {
                words.add(value);
            } else if (options.put(pieces.group(1), value) != null) {
                throw new IllegalArgumentException("the option " + pieces.group(1) + " stands twice in: " + line);
            }
        }
        return new S3Call(words.remove(0), words, options);
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
    }

    String word(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(verb + " has no word " + (index + 1) + ": " + words);
        }
        return words.get(index);
    }

    /** The value of an option, which no other step of the test asks for. */
    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
