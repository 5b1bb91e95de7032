package org.caravan.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys that texts use as placeholders: <code>{{key}}</code>, or <code>${properties:key}</code> in Camel's simple language. Stateless. */
final class UsedKeys {
    private static final Pattern USE =
            Pattern.compile("(?:\\{\\{\\s*\\??|\\bproperties(?:-exists)?:\\??)([A-Za-z0-9_.\\-\\[\\]]+)");

    private UsedKeys() {}

    static Set<String> in(Collection<String> texts) {
        Set<String> keys = new TreeSet<>();
        for (String text : texts) {
            Matcher uses = USE.matcher(text);
            while (uses.find()) {
                keys.add(uses.group(1));
            }
        }
        return keys;
    }

    /** Those of the files of a folder of routes; empty if there is no such folder. */
    static Optional<Set<String>> of(Path routes) {
        Set<String> keys = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(routes, "*.{yaml,yml,xml,sql,java,groovy}")) {
            for (Path file : files) {
                // Not as UTF-8: a file that is none is for the routes' loader to refuse.
                keys.addAll(in(Set.of(Files.readString(file, StandardCharsets.ISO_8859_1))));
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(keys);
    }
}
