package org.caravan.source.postgres;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.source.postgres.SqlText.Token;

/**
 * A query that is surely {@code SELECT list FROM table [alias] [WHERE condition]} and nothing more, to which a condition on the
 * table can be added. Immutable.
 *
 * @param sql the query
 * @param table the table's name as it is written
 * @param row by what the table's columns can be named
 * @param only whether tables that inherit from it are left out
 * @param tableEnd the position after the table and its alias
 * @param conditionStart the position after WHERE, if there is one
 */
record PlainSelect(String sql, String table, String row, boolean only, int tableEnd, Optional<Integer> conditionStart) {
    /** What may follow a condition. All are reserved words, so no column has such a name unless it is quoted. */
    private static final Set<String> CLAUSES = Set.of(
            "GROUP",
            "HAVING",
            "WINDOW",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "FETCH",
            "FOR",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "INTO");

    /** Recognises a query; nothing if there is any doubt. */
    static Optional<PlainSelect> of(String sql) {
        return SqlText.tokens(sql).flatMap(tokens -> new Parser(sql, tokens).parse());
    }

    /** The query with one condition more. */
    String with(String condition) {
        String head = sql.substring(0, tableEnd);
        // The line feed ends a comment at the query's end.
        return conditionStart
                .map(start -> sql.substring(0, start) + " (" + sql.substring(start) + "\n) AND " + condition)
                .orElse(head + "\nWHERE " + condition);
    }

    /** The query without its condition. */
    String withoutCondition() {
        return sql.substring(0, tableEnd);
    }

    /** Goes through the tokens once. */
    private static final class Parser {
        private final String sql;
        private final List<Token> tokens;
        private int at;

        Parser(String sql, List<Token> tokens) {
            this.sql = sql;
            this.tokens = tokens;
        }

        Optional<PlainSelect> parse() {
            if (!take("SELECT") || is("DISTINCT") || !skipTo(Set.of("FROM"), Set.of("INTO")) || !take("FROM")) {
                return Optional.empty();
            }
            boolean only = take("ONLY");
            Optional<String> name = name();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            String table = name.get();
            String row = name.get();
            while (take(".")) {
                name = name();
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                table += "." + name.get();
                row = name.get();
            }
            boolean named = take("AS");
            if (named || (at < tokens.size() && !is("WHERE"))) {
                name = name();
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                row = name.get();
            }
            int tableEnd = tokens.get(at - 1).end();
            if (at == tokens.size()) {
                return Optional.of(new PlainSelect(sql, table, row, only, tableEnd, Optional.empty()));
            }
            int start = tokens.get(at).end();
            if (!take("WHERE") || at == tokens.size() || !skipTo(Set.of(), CLAUSES)) {
                return Optional.empty();
            }
            return Optional.of(new PlainSelect(sql, table, row, only, tableEnd, Optional.of(start)));
        }

        /** Goes to a word outside of brackets, or to the end if none is wanted; false if another stands before it. */
        private boolean skipTo(Set<String> wanted, Set<String> refused) {
            int depth = 0;
            for (; at < tokens.size(); at++) {
                String text = tokens.get(at).text();
                if (text.equals("(") || text.equals("[")) {
                    depth++;
                } else if (text.equals(")") || text.equals("]")) {
                    depth--;
                }
                if (depth < 0 || text.equals(";") || text.equals("{") || text.equals("}")) {
                    return false;
                }
                if (depth == 0 && isKeyword()) {
                    if (refused.stream().anyMatch(this::is)) {
                        return false;
                    }
                    if (wanted.stream().anyMatch(this::is)) {
                        return true;
                    }
                }
            }
            return depth == 0 && wanted.isEmpty();
        }

        /** Whether the word is no alias, no column of something, and not the FROM of IS DISTINCT FROM. */
        private boolean isKeyword() {
            Token before = tokens.get(at - 1);
            return !before.is("AS") && !before.is(".") && !before.is("DISTINCT");
        }

        private boolean is(String word) {
            return at < tokens.size() && tokens.get(at).is(word);
        }

        private boolean take(String word) {
            boolean found = is(word);
            if (found) {
                at++;
            }
            return found;
        }

        private Optional<String> name() {
            if (at == tokens.size()) {
                return Optional.empty();
            }
            Token token = tokens.get(at);
            boolean goesOn = at + 1 < tokens.size()
                    && tokens.get(at + 1).start() == token.end()
                    && !tokens.get(at + 1).is(".");
            if (goesOn || !token.text().matches("\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*")) {
                return Optional.empty();
            }
            at++;
            return Optional.of(token.text());
        }
    }
}
