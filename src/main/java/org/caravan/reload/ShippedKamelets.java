package org.caravan.reload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Kamelets that come with the product, which are in no folder; immutable. */
final class ShippedKamelets {
    private static final List<String> NAMES = List.of("caravan-extract", "caravan-load", "caravan-verify");

    private final TreeMap<String, Version> texts = new TreeMap<>();

    ShippedKamelets() {
        for (String name : NAMES) {
            String file = "/kamelets/" + name + ".kamelet.yaml";
            try (InputStream text = ShippedKamelets.class.getResourceAsStream(file)) {
                texts.put(name, Version.of(Path.of(file), text.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException("The product's own " + file + " cannot be read", e);
            }
        }
    }

    /** The names of those that use one of these keys. */
    Set<String> using(Set<String> keys) {
        Set<String> using = new TreeSet<>();
        texts.forEach((name, text) -> {
            if (keys.stream().anyMatch(text::mentions)) {
                using.add(name);
            }
        });
        return using;
    }
}
