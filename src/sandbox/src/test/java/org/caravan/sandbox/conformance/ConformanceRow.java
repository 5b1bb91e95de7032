package org.caravan.sandbox.conformance;

import java.util.Locale;
import java.util.Map;

/**
 * One row of a conformance table.
 *
 * @param file the name of the file it stands in
 * @param given what must be there before: statements, or directives on lines that begin with {@code @}; may be empty
 * @param statement the statement or call that is judged
 * @param expected what is to come of it
 * @param source a vendor's page, a driver's file or a field report
 */
public record ConformanceRow(
        String id, String file, String given, String statement, Expected expected, String source, Basis basis) {
    /** How well founded a row is. */
    public enum Basis {
        /** The vendor says so. */
        DOCUMENTED,
        /** Somebody saw it on the real service and reported it. */
        OBSERVED,
        /** The strictest reading of what is documented; nobody has seen it. */
        ASSUMED
    }

    static ConformanceRow of(Map<String, String> cells, String file) {
        String id = cells.get("id");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("the id '" + id + "' is not words of a-z and 0-9 joined by '-'");
        }
        if (cells.get("statement").isBlank() || cells.get("source").isBlank()) {
            throw new IllegalArgumentException("the row " + id + " has no statement or no source");
        }
        return new ConformanceRow(
                id,
                file,
                cells.get("given").strip(),
                cells.get("statement").strip(),
                Expected.of(cells.get("expected")),
                cells.get("source").strip(),
                basis(cells.get("basis")));
    }

    private static Basis basis(String text) {
        for (Basis basis : Basis.values()) {
            if (basis.name().toLowerCase(Locale.ROOT).equals(text)) {
                return basis;
            }
        }
        throw new IllegalArgumentException("the basis '" + text + "' is none of documented, observed, assumed");
    }

    /** As a parameterised test shows it. */
    @Override
    public String toString() {
        return file + " " + id;
    }
}
