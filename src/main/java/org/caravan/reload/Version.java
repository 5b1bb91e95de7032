package org.caravan.reload;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.caravan.ledger.Sha256;

/** What a file held at one time; immutable. */
final class Version {
    private static final Pattern DEFINES = Pattern.compile(
            "(?i)kind:\\s*Kamelet|\\broute-?template:|<routeTemplate|\\bbeans:|<beans?\\b|\\broute-?configuration:|<routeConfiguration");

    private static final String KAMELET = ".kamelet.yaml";

    private final Path file;
    private final byte[] content;
    private final String text;
    private final String hash;

    private Version(Path file, byte[] content, String text, String hash) {
        this.file = requireNonNull(file, "file");
        this.content = content;
        this.text = text;
        this.hash = hash;
    }

    /** A version; the content is not to be changed any more. */
    static Version of(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        // Bytes that are no UTF-8 are all one sign in the text; the hash must tell them apart.
        boolean faithful = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
        return new Version(
                file, content, text, Sha256.of(faithful ? text : HexFormat.of().formatHex(content)));
    }

    Path file() {
        return file;
    }

    String text() {
        return text;
    }

    /** The SHA-256 of the content, in hexadecimal digits. */
    String hash() {
        return hash;
    }

    /** The same content under another name. */
    Version movedTo(Path other) {
        return new Version(other, content, text, hash);
    }

    /** Whether it is the version of a file that holds this; much sooner told than by the hash. */
    boolean holds(byte[] other) {
        return Arrays.equals(content, other);
    }

    boolean hasContentOf(Version other) {
        return hash.equals(other.hash);
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** Whether other files may need this one: it seems to define templates, Kamelets, beans or route configurations. */
    boolean mayDefine() {
        return DEFINES.matcher(text).find();
    }

    /** The Kamelet that a file of such a name defines. */
    Optional<String> kamelet() {
        String name = file.getFileName().toString();
        return name.endsWith(KAMELET)
                ? Optional.of(name.substring(0, name.length() - KAMELET.length()))
                : Optional.empty();
    }

    /** Whether the text has the name, as a word. */
    boolean mentions(String name) {
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(text)
                .find();
    }

    /** Whether the text has an expression that looks a property up at each run. */
    boolean asksWhileItRuns(String key) {
        return Pattern.compile("properties(-exists)?:\\??" + Pattern.quote(key) + "(?![\\w-])")
                .matcher(text)
                .find();
    }

    /** Whether something in the text seems to have this id. */
    boolean hasId(String id) {
        return Pattern.compile("\\bid[\"']?\\s*[:=]\\s*[\"']?" + Pattern.quote(id) + "(?![\\w.-])")
                .matcher(text)
                .find();
    }

    /** The version as Camel loads it: from memory, so that what is loaded is what was looked at. */
    Resource resource() {
        return ResourceHelper.fromBytes("file:" + file, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && file.equals(version.file) && hasContentOf(version);
    }

    @Override
    public int hashCode() {
        return 31 * file.hashCode() + hash.hashCode();
    }

    @Override
    public String toString() {
        return file + " " + hash.substring(0, 12);
    }
}
