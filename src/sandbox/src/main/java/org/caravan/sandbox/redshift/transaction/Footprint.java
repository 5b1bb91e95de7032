package org.caravan.sandbox.redshift.transaction;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * What a statement means to the transaction it runs in.
 *
 * @param targets the tables whose write lock it takes
 * @param sources further names that must stand for tables, not views
 */
public record Footprint(Kind kind, List<TableName> targets, List<TableName> sources) {
    /** How statements differ for locks and isolation. */
    public enum Kind {
        /** Neither reads nor writes a table's rows. */
        NONE,
        QUERY,
        /** Adds rows and reads none of its target (https://docs.aws.amazon.com/redshift/latest/dg/c_write_readwrite.html). */
        INSERT,
        /** As INSERT, but says in words of its own that its target is none. */
        COPY,
        /** Reads its target before it writes it (same page). */
        UPDATE,
        /** LOCK, which takes no snapshot. */
        LOCK,
        BEGIN,
        COMMIT,
        ROLLBACK
    }

    private static final List<String> STATEMENTS = List.of("select", "insert", "update", "delete", "merge");
    private static final Footprint NONE = new Footprint(Kind.NONE, List.of());

    private Footprint(Kind kind, List<TableName> targets) {
        this(kind, targets, List.of());
    }

    public Footprint {
        targets = List.copyOf(targets);
        sources = List.copyOf(sources);
    }

    public static Footprint none() {
        return NONE;
    }

    /** Of a statement whose names are folded. */
    public static Footprint of(List<Token> tokens) {
        TokenCursor in = new TokenCursor(afterWith(tokens));
        if (in.acceptAnyOf("select", "with", "(", "explain", "unload", "declare", "fetch")) {
            return new Footprint(Kind.QUERY, List.of());
        }
        if (in.accept("insert", "into")) {
            return target(in, Kind.INSERT);
        }
        if (in.accept("copy")) {
            return target(in, Kind.COPY);
        }
        if (in.accept("update") || in.accept("delete", "from") || in.accept("delete")) {
            return target(in, Kind.UPDATE);
        }
        if (in.accept("merge", "into")) {
            TableName target = in.expectTable();
            in.expect("using");
            return new Footprint(Kind.UPDATE, List.of(target), List.of(in.expectTable()));
        }
        if (in.accept("lock")) {
            return new Footprint(Kind.LOCK, List.of());
        }
        if (in.acceptAnyOf("begin", "start")) {
            return new Footprint(Kind.BEGIN, List.of());
        }
        if (in.acceptAnyOf("commit", "end")) {
            return new Footprint(Kind.COMMIT, List.of());
        }
        if (in.acceptAnyOf("rollback", "abort")) {
            return new Footprint(Kind.ROLLBACK, List.of());
        }
        if (in.accept("alter", "table")) {
            return append(in);
        }
        return in.accept("create") && readsQuery(tokens) ? new Footprint(Kind.QUERY, List.of()) : NONE;
    }

    /** The statement itself, without the queries that WITH puts before it. */
    public static List<Token> afterWith(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; tokens.get(0).is("with") && i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && STATEMENTS.stream().anyMatch(token::is)) {
                return tokens.subList(i, tokens.size());
            }
        }
        return tokens;
    }

    boolean usesTables() {
        return switch (kind) {
            case QUERY, INSERT, COPY, UPDATE, LOCK -> true;
            case NONE, BEGIN, COMMIT, ROLLBACK -> false;
        };
    }

    private static Footprint append(TokenCursor in) {
        List<TableName> tables = new ArrayList<>();
        if (in.peek().isName()) {
            tables.add(in.expectTable());
            if (in.accept("append", "from") && in.peek().isName()) {
                tables.add(in.expectTable());
                return new Footprint(Kind.UPDATE, tables);
            }
        }
        return NONE;
    }

    private static boolean readsQuery(List<Token> tokens) {
        boolean table = tokens.stream().limit(4).anyMatch(token -> token.is("table"));
        return table && tokens.stream().anyMatch(token -> token.is("as"));
    }

    private static Footprint target(TokenCursor in, Kind kind) {
        return in.peek().isName() ? new Footprint(kind, List.of(in.expectTable())) : NONE;
    }
}
