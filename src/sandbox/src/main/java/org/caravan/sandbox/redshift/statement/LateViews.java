package org.caravan.sandbox.redshift.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.Backend;

/**
 * Puts the queries of late-binding views where statements read the views, so that their tables are looked up when they are read.
 * Belongs to one session.
 */
public final class LateViews {
    /** The names that late-binding views of each database have ever had: only statements with such a name are looked at. */
    public static final class Registry {
        private final Map<String, Set<String>> names = new ConcurrentHashMap<>();
    }

    private static final int MAX_DEPTH = 16;

    private final Backend backend;
    private final Registry registry;
    private final String database;

    public LateViews(Backend backend, Registry registry, String database) {
        this.backend = backend;
        this.registry = registry;
        this.database = database;
    }

    /** Learns the names that the database has from before; to be called before the client's first statement. */
    public void load() throws IOException {
        if (!registry.names.containsKey(database)) {
            Set<String> names = ConcurrentHashMap.newKeySet();
            backend.query("select name from redshift.late_view_names()").forEach(row -> names.add(row.get(0)));
            backend.resume();
            registry.names.putIfAbsent(database, names);
        }
    }

    private Set<String> names() {
        return registry.names.getOrDefault(database, Set.of());
    }

    /** The statement, whose names are folded, without late-binding views. */
    public List<Token> expand(List<Token> tokens) throws IOException {
        learn(tokens);
        return expand(tokens, 0);
    }

    private List<Token> expand(List<Token> tokens, int depth) throws IOException {
        Set<String> names = names();
        boolean binding = tokens.size() > 4 && tokens.get(tokens.size() - 2).is("binding");
        if (depth > MAX_DEPTH || binding || tokens.stream().noneMatch(t -> t.isName() && names.contains(t.name()))) {
            return tokens;
        }
        List<Token> result = new ArrayList<>();
        int done = 0;
        for (TableReferences.Reference reference : TableReferences.of(tokens)) {
            if (names.contains(reference.name().table())) {
                List<Token> query = query(reference.name(), depth);
                if (!query.isEmpty()) {
                    result.addAll(tokens.subList(done, reference.start()));
                    result.addAll(query);
                    done = reference.end();
                    if (!hasAlias(tokens.get(done))) {
                        result.add(new Token(
                                Token.Kind.QUOTED_NAME,
                                " ",
                                Token.quote(reference.name().table())));
                    }
                }
            }
        }
        result.addAll(tokens.subList(done, tokens.size()));
        return result;
    }

    private static boolean hasAlias(Token next) {
        return next.is("as")
                || next.kind() == Token.Kind.QUOTED_NAME
                || next.isWord()
                        && List.of(
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
                                        "join",
                                        "inner",
                                        "left",
                                        "right",
                                        "full",
                                        "cross",
                                        "natural",
                                        "on",
                                        "using",
                                        "window",
                                        "qualify",
                                        "with")
                                .stream()
                                .noneMatch(next::is);
    }

    private List<Token> query(TableName view, int depth) throws IOException {
        if (!backend.settle() || backend.failed()) {
            return List.of();
        }
        List<List<String>> rows =
                backend.query("select definition, columns from redshift.late_view(pg_catalog.to_regclass("
                        + Token.literal(view.sql()) + "))");
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Token> query = SqlTokenizer.statements(rows.get(0).get(0)).get(0);
        List<Token> result = new ArrayList<>();
        String columns = rows.get(0).get(1);
        result.add(new Token(Token.Kind.SIGN, " ", "("));
        if (!columns.isEmpty()) {
            result.addAll(List.of(
                    Token.word("select"),
                    new Token(Token.Kind.SIGN, " ", "*"),
                    Token.word("from"),
                    new Token(Token.Kind.SIGN, " ", "(")));
        }
        List<Token> expanded = expand(query, depth + 1);
        result.addAll(expanded.subList(0, expanded.size() - 1));
        result.add(new Token(Token.Kind.SIGN, " ", ")"));
        if (!columns.isEmpty()) {
            String list = TableDdl.quoted(List.of(columns.split("\n")));
            result.add(Token.word("as"));
            result.add(new Token(Token.Kind.QUOTED_NAME, " ", Token.quote(view.table()) + " (" + list + ")"));
            result.add(new Token(Token.Kind.SIGN, " ", ")"));
        }
        return result;
    }

    /** A view that is made, and one that gets another name. */
    private void learn(List<Token> tokens) {
        int size = tokens.size();
        if (size > 4 && tokens.get(0).is("create") && tokens.get(size - 2).is("binding")) {
            tokens.stream().filter(Token::isName).limit(8).forEach(token -> names().add(token.name()));
        } else if (size > 5
                && tokens.get(0).is("alter")
                && tokens.get(size - 3).is("to")
                && tokens.stream().anyMatch(token -> token.isName() && names().contains(token.name()))) {
            names().add(tokens.get(size - 2).name());
        }
    }
}
