package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.caravan.sandbox.redshift.syntax.Token;

/** What {@link DenyRule}s look for in the tokens of a statement. */
final class DenyMatchers {
    private DenyMatchers() {}

    static Predicate<List<Token>> starts(String... words) {
        return tokens -> matchesAt(tokens, 0, words);
    }

    static Predicate<List<Token>> contains(String... words) {
        return tokens -> {
            for (int i = 0; i + words.length <= tokens.size(); i++) {
                if (matchesAt(tokens, i, words) && (i == 0 || !tokens.get(i - 1).is("."))) {
                    return true;
                }
            }
            return false;
        };
    }

    static boolean matchesAt(List<Token> tokens, int at, String... words) {
        if (at + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    static Predicate<List<Token>> anyOf(List<Predicate<List<Token>>> predicates) {
        return tokens -> predicates.stream().anyMatch(predicate -> predicate.test(tokens));
    }

    static Predicate<List<Token>> writes() {
        return anyOf(List.of(starts("insert"), starts("update"), starts("delete"), starts("merge"), starts("with")));
    }

    static Predicate<List<Token>> reads() {
        return anyOf(List.of(
                starts("select"), starts("with"), starts("("), starts("declare"), starts("insert"), starts("create")));
    }

    /** Whether a function of this name is called. */
    static Predicate<List<Token>> calls(Set<String> names) {
        return tokens -> {
            for (int i = 0; i + 1 < tokens.size(); i++) {
                if (tokens.get(i).isWord()
                        && tokens.get(i + 1).is("(")
                        && names.contains(tokens.get(i).name())
                        && (i == 0 || !tokens.get(i - 1).is("."))
                        && !definesColumns(tokens, i)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Whether one of these words stands for itself: not a column of a table, nor a name that is being given. */
    static Predicate<List<Token>> says(Set<String> words) {
        return tokens -> {
            for (int i = 0; i < tokens.size(); i++) {
                if (tokens.get(i).isWord()
                        && words.contains(tokens.get(i).name())
                        && (i == 0
                                || !tokens.get(i - 1).is(".")
                                        && !tokens.get(i - 1).is("as"))) {
                    return true;
                }
            }
            return false;
        };
    }

    /**
     * Queries of the catalogue run on the leader node, which knows more than the compute nodes
     * (https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html); drivers and tools use that.
     */
    static Predicate<List<Token>> userQuery() {
        return tokens -> tokens.stream()
                .noneMatch(token -> token.isName()
                        && (token.name().startsWith("pg_")
                                        && !token.name().startsWith("pg_last_")
                                        && !token.name().startsWith("pg_catalog")
                                || token.name().equals("information_schema")));
    }

    /** A query that the compute nodes run: one that names a table, other than those of the catalogue. */
    static Predicate<List<Token>> userTables() {
        return userQuery()
                .and(anyOf(List.of(
                        contains("from"), starts("insert"), starts("update"), starts("delete"), starts("merge"))))
                .and(tokens -> {
                    for (int i = 0; i + 1 < tokens.size(); i++) {
                        boolean source = tokens.get(i).is("from")
                                || tokens.get(i).is("join")
                                || tokens.get(i).is("into")
                                || tokens.get(i).is("update");
                        if (source && tokens.get(i + 1).isName() && !inExtract(tokens, i)) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /** FROM in {@code extract(day from x)}, {@code substring(a from 1)}, {@code trim(both from x)}. */
    private static boolean inExtract(List<Token> tokens, int from) {
        for (int i = from - 1; i > 0 && i > from - 6; i--) {
            if (tokens.get(i).is("(")) {
                return tokens.get(i - 1).is("extract")
                        || tokens.get(i - 1).is("substring")
                        || tokens.get(i - 1).is("trim");
            }
        }
        return false;
    }

    /** {@code insert into format (a) …} names a table, not a function. */
    static boolean definesColumns(List<Token> tokens, int at) {
        return at > 0
                && (tokens.get(at - 1).is("into")
                        || tokens.get(at - 1).is("table")
                        || tokens.get(at - 1).is("exists")
                        || tokens.get(at - 1).is("as")
                        || tokens.get(at - 1).is("view"));
    }
}
