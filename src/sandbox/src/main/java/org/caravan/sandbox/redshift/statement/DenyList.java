package org.caravan.sandbox.redshift.statement;

import static org.caravan.sandbox.redshift.wire.SqlError.NOT_SUPPORTED;
import static org.caravan.sandbox.redshift.wire.SqlError.SYNTAX_ERROR;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * Every PostgreSQL feature that the stand-in refuses because Redshift does, apart from the grammars of COPY, CREATE TABLE and
 * ALTER TABLE, which accept only what is documented.
 *
 * <p>Field reports are error messages that users of Redshift published; the wording of the others is assumed.
 */
public final class DenyList {
    private static final String GUIDE = "https://docs.aws.amazon.com/redshift/latest/dg/";
    private static final String FEATURES = GUIDE + "c_unsupported-postgresql-features.html";
    private static final String FUNCTIONS = GUIDE + "c_unsupported-postgresql-functions.html";
    private static final String TYPES = GUIDE + "c_unsupported-postgresql-datatypes.html";
    private static final String COMMANDS = GUIDE + "c_SQL_commands.html";

    private static final Set<String> UNSUPPORTED_FUNCTIONS = Set.of(
            "string_agg",
            "array_agg",
            "every",
            "xmlagg",
            "corr",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_count",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
            "clock_timestamp",
            "justify_days",
            "justify_hours",
            "justify_interval",
            "pg_sleep",
            "transaction_timestamp",
            "div",
            "setseed",
            "width_bucket",
            "generate_series",
            "generate_subscripts",
            "bit_length",
            "overlay",
            "convert_from",
            "convert_to",
            "encode",
            "format",
            "quote_nullable",
            "regexp_matches",
            "regexp_split_to_array",
            "regexp_split_to_table",
            "current_query",
            "nextval",
            "currval",
            "setval",
            "lastval",
            "pg_advisory_lock",
            "pg_advisory_xact_lock",
            "pg_try_advisory_lock",
            "pg_try_advisory_xact_lock",
            "pg_advisory_unlock",
            "unnest",
            "array_length",
            "array_to_string",
            "string_to_array",
            "cardinality",
            "to_tsvector",
            "to_tsquery",
            "gen_random_uuid",
            "row_to_json",
            "to_json",
            "to_jsonb",
            "jsonb_build_object",
            "json_build_object",
            "jsonb_agg",
            "json_agg",
            "jsonb_each",
            "jsonb_array_elements",
            "json_object_agg");

    private static final Set<String> UNSUPPORTED_TYPES = Set.of(
            "json",
            "jsonb",
            "uuid",
            "bytea",
            "money",
            "xml",
            "inet",
            "cidr",
            "macaddr",
            "hstore",
            "tsvector",
            "tsquery",
            "serial",
            "bigserial",
            "smallserial",
            "serial4",
            "serial8",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange",
            "txid_snapshot",
            "bit",
            "varbit");

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
            "role_mapping",
            "transform",
            "constraint");

    public static final List<DenyRule> RULES = List.of(
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
                    DenyList::createsPostgresObject,
                    "create sequence s"),
            new DenyRule(
                    "ALTER of an object that only PostgreSQL has",
                    FEATURES,
                    NOT_SUPPORTED,
                    "SQL command \"ALTER\" of this kind of object not supported.",
                    anyOf(CREATABLE_ONLY_IN_POSTGRESQL.stream()
                                    .map(word -> starts("alter", word))
                                    .toList())
                            .or(starts("alter", "system")),
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
                    DenyList::createsTableIfNotExistsAs,
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
                    FUNCTIONS,
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
                    "INSERT … ON CONFLICT",
                    GUIDE + "r_INSERT_30.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"ON\"",
                    starts("insert").or(starts("with")).and(contains("on", "conflict")),
                    "insert into t values (1) on conflict do nothing"),
            new DenyRule(
                    "RETURNING",
                    GUIDE + "r_INSERT_30.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"RETURNING\"",
                    writes().and(contains("returning")),
                    "insert into t values (1) returning a"),
            new DenyRule(
                    "INSERT … OVERRIDING",
                    GUIDE + "r_INSERT_30.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"OVERRIDING\"",
                    starts("insert").and(contains("overriding")),
                    "insert into t overriding system value values (1)"),
            new DenyRule(
                    "INSERT, UPDATE or DELETE inside WITH",
                    GUIDE + "r_WITH_clause.html",
                    SYNTAX_ERROR,
                    "syntax error: WITH takes queries only",
                    starts("with")
                            .and(anyOf(List.of(
                                    contains("as", "(", "insert"),
                                    contains("as", "(", "update"),
                                    contains("as", "(", "delete"),
                                    contains("as", "(", "merge")))),
                    "with d as (delete from t) select 1"),
            new DenyRule(
                    "SELECT … FOR UPDATE or SHARE",
                    "field: SELECT FOR UPDATE/SHARE is not supported",
                    NOT_SUPPORTED,
                    "SELECT FOR UPDATE/SHARE is not supported",
                    reads().and(anyOf(List.of(
                            contains("for", "update"),
                            contains("for", "share"),
                            contains("for", "no", "key"),
                            contains("for", "key", "share")))),
                    "select a from t for update"),
            new DenyRule(
                    "DISTINCT ON",
                    "field: SELECT DISTINCT ON is not supported",
                    NOT_SUPPORTED,
                    "SELECT DISTINCT ON is not supported",
                    contains("distinct", "on", "("),
                    "select distinct on (a) a from t"),
            new DenyRule(
                    "LATERAL",
                    GUIDE + "r_FROM_clause30.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"LATERAL\"",
                    contains(",", "lateral").or(contains("join", "lateral")).or(contains("from", "lateral")),
                    "select 1 from t, lateral (select 1) x"),
            new DenyRule(
                    "VALUES as a table",
                    FEATURES,
                    SYNTAX_ERROR,
                    "syntax error at or near \"VALUES\"",
                    contains("from", "(", "values")
                            .or(contains("join", "(", "values"))
                            .or(contains(",", "(", "values"))
                            .or(contains("as", "(", "values")),
                    "select * from (values (1)) v"),
            new DenyRule(
                    "ROWS FROM, TABLESAMPLE, FILTER",
                    GUIDE + "r_SELECT_synopsis.html",
                    SYNTAX_ERROR,
                    "syntax error",
                    contains("rows", "from", "(").or(contains("tablesample")).or(contains(")", "filter", "(", "where")),
                    "select count(*) filter (where true) from t"),
            new DenyRule(
                    "IS DISTINCT FROM",
                    FUNCTIONS,
                    NOT_SUPPORTED,
                    "IS DISTINCT FROM is not supported",
                    userQuery().and(contains("is", "distinct", "from").or(contains("is", "not", "distinct", "from"))),
                    "select 1 where 1 is distinct from 2"),
            new DenyRule(
                    "array constructors",
                    FEATURES,
                    NOT_SUPPORTED,
                    "array constructors are not supported",
                    userQuery().and(contains("array", "[")),
                    "select array[1, 2]"),
            new DenyRule(
                    "EXPLAIN ANALYZE",
                    GUIDE + "r_EXPLAIN.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"ANALYZE\"",
                    starts("explain", "analyze").or(starts("explain", "(")),
                    "explain analyze select 1"),
            new DenyRule(
                    "LOCK … IN … MODE, NOWAIT",
                    GUIDE + "r_LOCK.html",
                    SYNTAX_ERROR,
                    "syntax error after the table of LOCK",
                    starts("lock").and(contains("mode").or(contains("nowait"))),
                    "lock t in share mode"),
            new DenyRule(
                    "types that only PostgreSQL has",
                    TYPES,
                    NOT_SUPPORTED,
                    "the type is not supported",
                    userQuery().and(DenyList::castsToUnsupportedType),
                    "select '1'::uuid"),
            new DenyRule(
                    "functions that only PostgreSQL has",
                    FUNCTIONS,
                    NOT_SUPPORTED,
                    "Specified types or functions (one per INFO message) not supported on Redshift tables.",
                    userQuery().and(DenyList::callsUnsupportedFunction),
                    "select string_agg(a, ',') from t"));

    private DenyList() {}

    /** Refuses the statement by the first rule that matches it. */
    static void check(List<Token> tokens) {
        for (DenyRule rule : RULES) {
            if (rule.matches().test(tokens)) {
                throw new StatementRefused(SqlError.error(rule.state(), rule.message())
                        .withDetail("Refused by the stand-in's rule: " + rule.name() + " (" + rule.source() + ")."));
            }
        }
    }

    static boolean isUnsupportedType(String name) {
        return UNSUPPORTED_TYPES.contains(name.toLowerCase(Locale.ROOT));
    }

    private static Predicate<List<Token>> starts(String... words) {
        return tokens -> matchesAt(tokens, 0, words);
    }

    private static Predicate<List<Token>> contains(String... words) {
        return tokens -> {
            for (int i = 0; i + words.length <= tokens.size(); i++) {
                if (matchesAt(tokens, i, words) && (i == 0 || !tokens.get(i - 1).is("."))) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean matchesAt(List<Token> tokens, int at, String... words) {
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

    private static Predicate<List<Token>> anyOf(List<Predicate<List<Token>>> predicates) {
        return tokens -> predicates.stream().anyMatch(predicate -> predicate.test(tokens));
    }

    private static Predicate<List<Token>> writes() {
        return anyOf(List.of(starts("insert"), starts("update"), starts("delete"), starts("merge"), starts("with")));
    }

    private static Predicate<List<Token>> reads() {
        return anyOf(List.of(
                starts("select"), starts("with"), starts("("), starts("declare"), starts("insert"), starts("create")));
    }

    /**
     * Queries of the catalogue run on the leader node, which knows more than the compute nodes
     * (https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html); drivers and tools use that.
     */
    private static Predicate<List<Token>> userQuery() {
        return tokens -> tokens.stream()
                .noneMatch(token -> token.isName()
                        && (token.name().startsWith("pg_") && !token.name().startsWith("pg_last_")
                                || token.name().equals("information_schema")));
    }

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

    private static boolean castsToUnsupportedType(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            boolean typed = tokens.get(i - 1).is("::")
                    || tokens.get(i - 1).is("as")
                            && i + 1 < tokens.size()
                            && tokens.get(i + 1).is(")");
            if (typed
                    && tokens.get(i).isWord()
                    && isUnsupportedType(tokens.get(i).text())) {
                return true;
            }
        }
        return false;
    }

    private static boolean callsUnsupportedFunction(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord()
                    && tokens.get(i + 1).is("(")
                    && (i == 0 || !tokens.get(i - 1).is("."))
                    && UNSUPPORTED_FUNCTIONS.contains(tokens.get(i).text().toLowerCase(Locale.ROOT))
                    && !definesColumns(tokens, i)) {
                return true;
            }
        }
        return false;
    }

    /** {@code insert into format (a) …} names a table, not a function. */
    private static boolean definesColumns(List<Token> tokens, int at) {
        return at > 0
                && (tokens.get(at - 1).is("into")
                        || tokens.get(at - 1).is("table")
                        || tokens.get(at - 1).is("exists"));
    }
}
