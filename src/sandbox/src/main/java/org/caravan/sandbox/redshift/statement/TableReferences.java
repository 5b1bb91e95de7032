package org.caravan.sandbox.redshift.statement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;

/** Finds the tables that a query names in its FROM clauses. */
final class TableReferences {
    /** A name at {@code tokens[start, end)}. */
    record Reference(int start, int end, TableName name) {}

    private static final Set<String> WITH_FROM_INSIDE = Set.of("extract", "trim", "substring", "overlay", "position");
    private static final List<String> AFTER_FROM = List.of(
            "where",
            "group",
            "order",
            "having",
            "limit",
            "offset",
            "union",
            "intersect",
            "except",
            "minus",
            "select",
            "window",
            "qualify");

    private static final class Level {
        private final boolean call;
        private boolean inFrom;
        private boolean expected;

        private Level(boolean call, boolean expected) {
            this.call = call;
            this.expected = expected;
        }
    }

    private TableReferences() {}

    static List<Reference> of(List<Token> tokens) {
        List<Reference> references = new ArrayList<>();
        Set<String> common = commonTables(tokens);
        Deque<Level> levels = new ArrayDeque<>(List.of(new Level(false, false)));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Level level = levels.peek();
            if (token.is("(")) {
                boolean call = i > 0
                        && tokens.get(i - 1).isWord()
                        && WITH_FROM_INSIDE.contains(tokens.get(i - 1).name());
                levels.push(new Level(call, level.expected));
                level.expected = false;
            } else if (token.is(")")) {
                if (levels.size() > 1) {
                    levels.pop();
                }
            } else if (token.is("from")
                    && !level.call
                    && (i == 0 || !tokens.get(i - 1).is("delete"))) {
                level.inFrom = true;
                level.expected = true;
            } else if (token.is("join") || token.is(",") && level.inFrom) {
                level.expected = true;
            } else if (token.isWord() && AFTER_FROM.stream().anyMatch(token::is)) {
                level.inFrom = false;
                level.expected = false;
            } else if (level.expected && token.isName()) {
                level.expected = false;
                int end = end(tokens, i);
                if (end < tokens.size() && tokens.get(end).is("(")) {
                    continue;
                }
                List<String> parts = new ArrayList<>();
                for (int j = i; j < end; j += 2) {
                    parts.add(tokens.get(j).name());
                }
                if (parts.size() > 1 || !common.contains(parts.get(0))) {
                    references.add(new Reference(i, end, TableName.of(parts)));
                }
                i = end - 1;
            }
        }
        return references;
    }

    private static int end(List<Token> tokens, int start) {
        int end = start + 1;
        while (end + 1 < tokens.size()
                && tokens.get(end).is(".")
                && tokens.get(end + 1).isName()) {
            end += 2;
        }
        return end;
    }

    /** The names that WITH gives to queries. */
    private static Set<String> commonTables(List<Token> tokens) {
        Set<String> names = new HashSet<>();
        for (int i = 1; i + 2 < tokens.size(); i++) {
            boolean begins = tokens.get(i - 1).is("with")
                    || tokens.get(i - 1).is("recursive")
                    || tokens.get(i - 1).is(",");
            if (begins
                    && tokens.get(i).isName()
                    && (tokens.get(i + 1).is("as") || tokens.get(i + 1).is("("))) {
                names.add(tokens.get(i).name());
            }
        }
        return tokens.stream().anyMatch(token -> token.is("with")) ? names : Set.of();
    }
}
