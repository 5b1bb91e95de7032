package org.caravan.sandbox.redshift.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of 64 to 127 bytes: PostgreSQL, which stops at 63, knows them by their beginning and a digest, and clients see them whole.
 * The file of the names outlives the cluster. Thread-safe.
 */
public final class LongNames {
    /** https://docs.aws.amazon.com/redshift/latest/dg/r_names.html */
    static final int MAX_BYTES = 127;

    private static final int MAX_POSTGRES_BYTES = 63;
    private static final int DIGEST_BYTES = 8;
    private static final int KEPT_BYTES = MAX_POSTGRES_BYTES - 1 - 2 * DIGEST_BYTES;
    private static final Pattern DIGEST = Pattern.compile("~[0-9a-f]{" + 2 * DIGEST_BYTES + "}");

    private final Path file;
    /** By the digest with its sign. */
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** @param file one name a line; need not be there yet */
    public LongNames(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                names.put(digest(line), line);
            }
        }
    }

    /** The name that PostgreSQL knows: the same one if it is short. */
    public static String shortened(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_POSTGRES_BYTES ? name : beginning(bytes) + digest(name);
    }

    private static String beginning(byte[] bytes) {
        int end = KEPT_BYTES;
        while ((bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "~" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Remembers the long names of a statement, as they are folded but not shortened. */
    public void remember(List<Token> statement, boolean caseSensitive) throws IOException {
        for (Token token : statement) {
            if (token.isName() && token.text().length() > MAX_POSTGRES_BYTES / 4) {
                String name = Names.folded(token, caseSensitive).name();
                if (!shortened(name).equals(name) && names.putIfAbsent(digest(name), name) == null) {
                    append(name);
                }
            }
        }
    }

    private synchronized void append(String name) throws IOException {
        Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The text with every shortened name in full. */
    public String restored(String text) {
        Matcher digests = DIGEST.matcher(text);
        StringBuilder result = new StringBuilder();
        int done = 0;
        while (digests.find()) {
            String name = names.get(digests.group());
            if (name != null) {
                String beginning = beginning(name.getBytes(StandardCharsets.UTF_8));
                int start = digests.start() - beginning.length();
                if (start >= done && text.startsWith(beginning, start)) {
                    result.append(text, done, start).append(name);
                    done = digests.end();
                }
            }
        }
        return result.append(text, done, text.length()).toString();
    }

    /** Whether a statement asks for names as values. */
    public static boolean asksForNames(List<Token> statement) {
        return statement.get(0).is("show")
                || statement.stream()
                        .anyMatch(token -> token.isName()
                                && token.name().matches("(pg|svv|stl|stv|svl|sys)_.*|information_schema|redshift"));
    }

    /** A statement that asks for names, with those that are known shortened in its literals. */
    public List<Token> inLiterals(List<Token> statement) {
        if (names.isEmpty() || !asksForNames(statement)) {
            return statement;
        }
        return statement.stream()
                .map(token -> token.kind() == Token.Kind.STRING
                        ? known(token.string())
                                .map(name -> token.withText(Token.literal(name)))
                                .orElse(token)
                        : token)
                .toList();
    }

    /** The shortened form of a text that is a known long name, or one as a pattern of LIKE. */
    public Optional<String> known(String text) {
        if (text.length() <= MAX_POSTGRES_BYTES / 4) {
            return Optional.empty();
        }
        String plain = text.replace("\\_", "_").replace("\\%", "%");
        if (shortened(plain).equals(plain) || !plain.equals(names.get(digest(plain)))) {
            return Optional.empty();
        }
        String known = shortened(plain);
        return Optional.of(
                plain.equals(text) ? known : known.replace("_", "\\_").replace("%", "\\%"));
    }
}
