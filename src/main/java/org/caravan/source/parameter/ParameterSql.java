package org.caravan.source.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.source.postgres.SqlText;

/**
 * Finds the parameters {@code :name} of a statement: not in literals, quoted names, comments, casts ({@code ::}) or slices
 * ({@code [1:n]}), where the colon follows a name, a number or a closing bracket. Stateless.
 */
final class ParameterSql {
    private ParameterSql() {}

    /**
     * Where a parameter, or a question mark, stands.
     *
     * @param start the position of its colon, or of the question mark
     * @param end the position after it
     */
    record Place(String name, int start, int end) {
        boolean isQuestionMark() {
            return name.isEmpty();
        }

        /** The place as a person counts it. */
        String shown(String sql) {
            String before = sql.substring(0, start);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            return "line " + line + ", column " + (start - before.lastIndexOf('\n'));
        }
    }

    /**
     * The parameters and question marks, in their order.
     *
     * @throws CaravanException if a literal's end is not sure, and parameters may follow
     */
    static List<Place> places(String sql) {
        List<Place> places = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            int next = isEscaped(sql, at) ? afterEscaped(sql, at + 2) : SqlText.afterSkipped(sql, at);
            if (next < 0) {
                checkNothingFollows(sql, at);
                return places;
            }
            if (next > at) {
                at = next;
            } else if (isName(sql, at)) {
                at = afterName(sql, at);
            } else if (isParameter(sql, at)) {
                int end = afterName(sql, at + 1);
                places.add(new Place(sql.substring(at + 1, end), at, end));
                at = end;
            } else {
                if (sql.charAt(at) == '?') {
                    places.add(new Place("", at, at + 1));
                }
                at++;
            }
        }
        return places;
    }

    /** The statement with each place written otherwise. */
    static String rewritten(String sql, List<Place> places, Function<Place, String> written) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (Place place : places) {
            text.append(sql, at, place.start()).append(written.apply(place));
            at = place.end();
        }
        return text.append(sql, at, sql.length()).toString();
    }

    private static boolean isParameter(String sql, int at) {
        if (sql.charAt(at) != ':' || at + 1 == sql.length() || !isStart(sql.charAt(at + 1))) {
            return false;
        }
        char before = at == 0 ? ' ' : sql.charAt(at - 1);
        return !Character.isJavaIdentifierPart(before) && ":)]\"`".indexOf(before) < 0;
    }

    private static boolean isStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isName(String sql, int at) {
        return Character.isJavaIdentifierPart(sql.charAt(at));
    }

    private static int afterName(String sql, int from) {
        int at = from;
        while (at < sql.length() && isName(sql, at)) {
            at++;
        }
        return at;
    }

    /** Whether a literal of PostgreSQL's begins in which a backslash escapes what follows, in every database that has it. */
    private static boolean isEscaped(String sql, int at) {
        return sql.startsWith("E'", at) || sql.startsWith("e'", at);
    }

    private static int afterEscaped(String sql, int from) {
        for (int at = from; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\' || sql.startsWith("''", at)) {
                at++;
            } else if (c == '\'') {
                return at + 1;
            }
        }
        return -1;
    }

    private static void checkNothingFollows(String sql, int from) {
        for (int at = from; at < sql.length(); at++) {
            if (isParameter(sql, at)) {
                throw new CaravanException(
                        Category.CONFIG,
                        "Where the parameters of the query are is not sure: the literal at "
                                + new Place("", from, from).shown(sql)
                                + " has no end, or has a backslash before a quotation mark, which ends a literal in one database"
                                + " and not in another. Write a quotation mark in a literal twice, or pass the text as a parameter.");
            }
        }
    }
}
