package org.caravan.sandbox.redshift.statement;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A function that Redshift documents. Any other function of PostgreSQL is hidden from clients (bootstrap/allowed.sql).
 *
 * @param name in lower case
 * @param postgres what of PostgreSQL's functions of that name is Redshift's too: {@code *} all, argument types joined by
 *     {@code "; "} the overloads with these ({@code ()} without any), {@code own} none because the stand-in brings its own,
 *     {@code none} because the stand-in does not carry it out
 * @param page of https://docs.aws.amazon.com/redshift/latest/dg/
 */
public record DocumentedFunction(String name, String postgres, String page) {
    /** All of them by their names, from the file {@code functions.csv}. */
    public static final Map<String, DocumentedFunction> ALL = read();

    boolean carriedOut() {
        return !postgres.equals("none");
    }

    static Optional<DocumentedFunction> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, DocumentedFunction> read() {
        Map<String, DocumentedFunction> all = new TreeMap<>();
        try (InputStream resource = DocumentedFunction.class.getResourceAsStream("functions.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(line -> {
                int first = line.indexOf(',');
                int last = line.lastIndexOf(',');
                String name = line.substring(0, first);
                String postgres = line.substring(first + 1, last).replace("\"", "");
                all.put(name, new DocumentedFunction(name, postgres, line.substring(last + 1)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("functions.csv cannot be read", e);
        }
        return Collections.unmodifiableMap(all);
    }
}
