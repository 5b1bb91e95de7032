package org.caravan.sandbox.redshift.statement;

import static org.caravan.sandbox.redshift.statement.DenyMatchers.anyOf;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.contains;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.matchesAt;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.starts;
import static org.caravan.sandbox.redshift.wire.SqlError.NOT_SUPPORTED;
import static org.caravan.sandbox.redshift.wire.SqlError.SYNTAX_ERROR;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.Token;

/** Commands that only PostgreSQL has, and clauses that only its commands take. */
final class DenyCommands {
    private static final String GUIDE = "https://docs.aws.amazon.com/redshift/latest/dg/";
    private static final String FEATURES = GUIDE + "c_unsupported-postgresql-features.html";
    private static final String COMMANDS = GUIDE + "c_SQL_commands.html";

    private static final List<String> CREATABLE_ONLY_IN_POSTGRESQL = List.of(
            "sequence",
            "type",
            "domain",
            "trigger",
            "rule",
            "extension",
            "tablespace",
            "aggregate",
            "operator",
            "cast",
            "collation",
            "conversion",
            "event",
            "publication",
            "subscription",
            "statistics",
            "access",
            "text",
            "foreign",
            "server",
            "transform",
            "constraint",
            "language",
            "policy",
            "recursive");

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_COMMENT.html */
    private static final Set<String> COMMENTED = Set.of("table", "column", "constraint", "database", "view");

    static final List<DenyRule> RULES = List.of(
            new DenyRule(
                    "CREATE INDEX",
                    FEATURES,
                    NOT_SUPPORTED,
                    "SQL command \"CREATE INDEX\" not supported.",
                    starts("create", "index").or(starts("create", "unique", "index")),
                    "create index i on t (a)"),
            new DenyRule(
                    "DROP INDEX, ALTER INDEX, REINDEX",
                    FEATURES,
                    NOT_SUPPORTED,
                    "SQL command on indexes not supported.",
                    starts("drop", "index").or(starts("alter", "index")).or(starts("reindex")),
                    "drop index i"),
            new DenyRule(
                    "CREATE of an object that only PostgreSQL has",
                    FEATURES,
                    NOT_SUPPORTED,
                    "SQL command \"CREATE\" of this kind of object not supported.",
                    DenyCommands::createsPostgresObject,
                    "create sequence s"),
            new DenyRule(
                    "ALTER or DROP of an object that only PostgreSQL has",
                    FEATURES,
                    NOT_SUPPORTED,
                    "SQL command of this kind of object not supported.",
                    anyOf(CREATABLE_ONLY_IN_POSTGRESQL.stream()
                                    .map(word -> starts("alter", word).or(starts("drop", word)))
                                    .toList())
                            .or(starts("alter", "system"))
                            .or(starts("alter", "default", "privileges", "for", "role")),
                    "alter system set work_mem = '1GB'"),
            new DenyRule(
                    "UNLOGGED tables",
                    GUIDE + "r_CREATE_TABLE_NEW.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"unlogged\"",
                    starts("create", "unlogged"),
                    "create unlogged table t (a int)"),
            new DenyRule(
                    "CREATE TABLE IF NOT EXISTS … AS",
                    GUIDE + "r_CREATE_TABLE_AS.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"as\"",
                    DenyCommands::createsTableIfNotExistsAs,
                    "create table if not exists t as select 1 as a"),
            new DenyRule(
                    "commands that only PostgreSQL has",
                    COMMANDS,
                    NOT_SUPPORTED,
                    "SQL command not supported.",
                    anyOf(List.of(
                            starts("listen"),
                            starts("notify"),
                            starts("unlisten"),
                            starts("do"),
                            starts("cluster"),
                            starts("security"),
                            starts("load"),
                            starts("discard"),
                            starts("import"),
                            starts("reassign"),
                            starts("checkpoint"),
                            starts("move"),
                            starts("drop", "owned"),
                            starts("set", "role"),
                            starts("set", "constraints"),
                            starts("refresh", "materialized", "view", "concurrently"),
                            starts("table"),
                            starts("values"))),
                    "do $$ begin end $$"),
            new DenyRule(
                    "SAVEPOINT",
                    GUIDE + "c_unsupported-postgresql-functions.html",
                    NOT_SUPPORTED,
                    "SQL command \"SAVEPOINT\" not supported.",
                    anyOf(List.of(
                            starts("savepoint"),
                            starts("release"),
                            starts("rollback", "to"),
                            starts("rollback", "transaction", "to"),
                            starts("rollback", "work", "to"))),
                    "savepoint a"),
            new DenyRule(
                    "two-phase commit",
                    COMMANDS,
                    NOT_SUPPORTED,
                    "SQL command \"PREPARE TRANSACTION\" not supported.",
                    starts("prepare", "transaction")
                            .or(starts("commit", "prepared"))
                            .or(starts("rollback", "prepared")),
                    "prepare transaction 'a'"),
            new DenyRule(
                    "AND CHAIN",
                    GUIDE + "r_COMMIT.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"and\"",
                    starts("commit").or(starts("rollback")).or(starts("end")).and(contains("and")),
                    "commit and chain"),
            new DenyRule(
                    "cursors that scroll or hold",
                    GUIDE + "declare.html",
                    SYNTAX_ERROR,
                    "syntax error: DECLARE takes neither SCROLL, BINARY, INSENSITIVE nor WITH HOLD",
                    starts("declare")
                            .and(contains("scroll", "cursor")
                                    .or(contains("with", "hold"))
                                    .or(contains("binary"))
                                    .or(contains("insensitive"))),
                    "declare c scroll cursor for select 1"),
            new DenyRule(
                    "FETCH other than forward",
                    GUIDE + "fetch.html",
                    NOT_SUPPORTED,
                    "cursor can only scan forward",
                    anyOf(List.of(
                            starts("fetch", "prior"),
                            starts("fetch", "first"),
                            starts("fetch", "last"),
                            starts("fetch", "absolute"),
                            starts("fetch", "relative"),
                            starts("fetch", "backward"))),
                    "fetch prior from c"),
            new DenyRule(
                    "EXPLAIN ANALYZE",
                    GUIDE + "r_EXPLAIN.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"ANALYZE\"",
                    starts("explain", "analyze").or(starts("explain", "(")),
                    "explain analyze select 1"),
            new DenyRule(
                    "COMMENT ON objects without comments",
                    GUIDE + "r_COMMENT.html",
                    NOT_SUPPORTED,
                    "COMMENT ON this kind of object is not supported",
                    tokens -> matchesAt(tokens, 0, "comment", "on")
                            && !COMMENTED.contains(tokens.get(2).name()),
                    "comment on schema public is 'x'"),
            new DenyRule(
                    "functions in another language than SQL",
                    "https://docs.aws.amazon.com/redshift/latest/dg/udf-creating-a-scalar-udf.html: Python functions cannot be created"
                            + " any more; the stand-in has no Lambda functions and no stored procedures",
                    NOT_SUPPORTED,
                    "the language of the function is not supported",
                    starts("create", "function")
                            .or(starts("create", "or", "replace", "function"))
                            .and(contains("language", "sql").negate()),
                    "create function f (int) returns int stable as $$ return 1 $$ language plpythonu"),
            new DenyRule(
                    "LOCK … IN … MODE, NOWAIT",
                    GUIDE + "r_LOCK.html",
                    SYNTAX_ERROR,
                    "syntax error after the table of LOCK",
                    starts("lock").and(contains("mode").or(contains("nowait"))),
                    "lock t in share mode"));

    private DenyCommands() {}

    private static boolean createsPostgresObject(List<Token> tokens) {
        if (!tokens.get(0).is("create")) {
            return false;
        }
        int at = matchesAt(tokens, 1, "or", "replace") ? 3 : 1;
        at += tokens.get(at).is("temp") || tokens.get(at).is("temporary") ? 1 : 0;
        String word = at < tokens.size() ? tokens.get(at).text().toLowerCase(Locale.ROOT) : "";
        return CREATABLE_ONLY_IN_POSTGRESQL.contains(word);
    }

    private static boolean createsTableIfNotExistsAs(List<Token> tokens) {
        return tokens.get(0).is("create")
                && contains("if", "not", "exists").test(tokens)
                && contains("table").test(tokens)
                && (contains("as", "select").test(tokens)
                        || contains("as", "(", "select").test(tokens)
                        || contains("as", "with").test(tokens));
    }
}
