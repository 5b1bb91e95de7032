package org.caravan.sandbox.redshift.statement;

import static org.caravan.sandbox.redshift.statement.DenyMatchers.anyOf;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.calls;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.contains;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.reads;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.says;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.userQuery;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.userTables;
import static org.caravan.sandbox.redshift.wire.SqlError.INTERNAL;
import static org.caravan.sandbox.redshift.wire.SqlError.NOT_SUPPORTED;
import static org.caravan.sandbox.redshift.wire.SqlError.SYNTAX_ERROR;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/** Clauses and expressions of queries that only PostgreSQL has, and functions that only the leader node knows. */
final class DenyQueries {
    private static final String GUIDE = "https://docs.aws.amazon.com/redshift/latest/dg/";
    private static final String FEATURES = GUIDE + "c_unsupported-postgresql-features.html";
    private static final String FUNCTIONS = GUIDE + "c_unsupported-postgresql-functions.html";
    private static final String WINDOWS = GUIDE + "c_Window_functions.html";
    private static final String LEADER = GUIDE + "c_SQL_functions_leader_node_only.html";

    private static final Set<String> LEADER_FUNCTIONS = Set.of(
            "current_schema",
            "current_schemas",
            "has_database_privilege",
            "has_schema_privilege",
            "has_table_privilege",
            "factorial",
            "age",
            "isfinite",
            "now");

    private static final Set<String> LEADER_WORDS =
            Set.of("current_time", "current_timestamp", "localtime", "localtimestamp");

    private static final Set<String> FRAMED = Set.of(
            "avg",
            "count",
            "max",
            "min",
            "sum",
            "stddev",
            "stddev_samp",
            "stddev_pop",
            "variance",
            "var_samp",
            "var_pop",
            "first_value",
            "last_value",
            "nth_value");

    private static final Set<String> CATALOG_TYPES =
            Set.of("oid", "name", "regclass", "regtype", "regproc", "xid", "cid", "tid");

    private static final Pattern MONTHS =
            Pattern.compile("(?i).*\\b(mons?|months?|yrs?|years?|decades?|quarters?|qtrs?|century|centuries)\\b.*");

    static final List<DenyRule> RULES = List.of(
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
                    "https://github.com/jakob/Postico/issues/420",
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
                    "FILTER",
                    "https://github.com/AgamiAI/agami-core/issues/325",
                    SYNTAX_ERROR,
                    "syntax error at or near \"(\"",
                    contains(")", "filter", "(", "where"),
                    "select count(*) filter (where true) from t"),
            new DenyRule(
                    "ROWS FROM, TABLESAMPLE, WITH ORDINALITY",
                    GUIDE + "r_SELECT_synopsis.html",
                    SYNTAX_ERROR,
                    "syntax error",
                    contains("rows", "from", "(")
                            .or(contains("tablesample"))
                            .or(contains("with", "ordinality"))
                            .or(contains("materialized", "(", "select").and(contains("with"))),
                    "select a from t tablesample system (10)"),
            new DenyRule(
                    "FETCH FIRST",
                    GUIDE + "r_ORDER_BY_clause.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"FETCH\"",
                    reads().and(contains("fetch", "first").or(contains("fetch", "next"))),
                    "select a from t order by a fetch first 1 row only"),
            new DenyRule(
                    "WINDOW clause",
                    WINDOWS,
                    SYNTAX_ERROR,
                    "syntax error at or near \"WINDOW\"",
                    DenyQueries::namesWindow,
                    "select sum(a) over w from t window w as (partition by a)"),
            new DenyRule(
                    "window frames by RANGE",
                    "https://github.com/OHDSI/Achilles/issues/232",
                    NOT_SUPPORTED,
                    "RANGE clause of window functions not yet implemented",
                    contains("range", "between")
                            .or(contains("range", "unbounded"))
                            .or(contains("range", "current"))
                            .or(contains("groups", "between")),
                    "select sum(a) over (order by a range between unbounded preceding and current row) from t"),
            new DenyRule(
                    "EXCLUDE of a window frame",
                    WINDOWS,
                    SYNTAX_ERROR,
                    "syntax error at or near \"EXCLUDE\"",
                    contains("row", "exclude")
                            .or(contains("following", "exclude"))
                            .or(contains("preceding", "exclude")),
                    "select sum(a) over (order by a rows between 1 preceding and current row exclude ties) from t"),
            new DenyRule(
                    "aggregates over an order without a frame",
                    "https://github.com/OHDSI/Achilles/issues/232",
                    NOT_SUPPORTED,
                    "Aggregate window functions with an ORDER BY clause require a frame clause",
                    DenyQueries::ordersWithoutFrame,
                    "select sum(a) over (order by a) from t"),
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
                    userQuery().and(contains("array", "[").or(contains("array", "(", "select"))),
                    "select array[1, 2]"),
            new DenyRule(
                    "array types",
                    GUIDE + "c_unsupported-postgresql-datatypes.html",
                    NOT_SUPPORTED,
                    "array types are not supported",
                    userQuery().and(DenyQueries::castsToArray),
                    "select '{1}'::int[]"),
            new DenyRule(
                    "row constructors",
                    FEATURES,
                    NOT_SUPPORTED,
                    "row constructors are not supported",
                    userQuery().and(calls(Set.of("row"))),
                    "select row(1, 2)"),
            new DenyRule(
                    "expressions of SQL/JSON and XML",
                    FUNCTIONS,
                    NOT_SUPPORTED,
                    "SQL/JSON and XML expressions are not supported",
                    userQuery()
                            .and(calls(Set.of(
                                    "json",
                                    "json_scalar",
                                    "json_object",
                                    "json_array",
                                    "json_objectagg",
                                    "json_arrayagg",
                                    "json_exists",
                                    "json_value",
                                    "json_query",
                                    "json_table",
                                    "xmlelement",
                                    "xmlforest",
                                    "xmlconcat",
                                    "xmlparse",
                                    "xmlpi",
                                    "xmlroot",
                                    "xmlserialize",
                                    "xmltable"))),
                    "select json_object('a': 1)"),
            new DenyRule(
                    "leader-node functions beside tables",
                    LEADER + ", https://github.com/liquibase/liquibase-redshift/issues/1",
                    NOT_SUPPORTED,
                    "Specified types or functions (one per INFO message) not supported on Redshift tables.",
                    userTables().and(calls(LEADER_FUNCTIONS).or(says(LEADER_WORDS))),
                    "select a, now() from t"),
            new DenyRule(
                    "SUBSTR beside tables",
                    LEADER + ", https://github.com/AgamiAI/agami-core/issues/325",
                    NOT_SUPPORTED,
                    "SUBSTR() function is not supported (Hint: use SUBSTRING instead)",
                    userTables().and(calls(Set.of("substr"))),
                    "select substr(a::varchar, 1, 1) from t"),
            new DenyRule(
                    "intervals of months and years beside tables",
                    "https://github.com/OHDSI/SqlRender/issues/62",
                    INTERNAL,
                    "Interval values with month or year parts are not supported",
                    userTables().and(DenyQueries::addsMonths),
                    "select date '2020-01-31' + interval '1 month' from t"),
            new DenyRule(
                    "types of PostgreSQL's catalogue in user queries",
                    GUIDE + "c_unsupported-postgresql-datatypes.html",
                    NOT_SUPPORTED,
                    "Specified types or functions (one per INFO message) not supported on Redshift tables.",
                    userTables().and(DenyQueries::castsToCatalogType),
                    "select a::oid from t"));

    private DenyQueries() {}

    private static boolean namesWindow(List<Token> tokens) {
        for (int i = 1; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).is("window")
                    && tokens.get(i + 1).isName()
                    && tokens.get(i + 2).is("as")
                    && tokens.get(i + 3).is("(")) {
                return true;
            }
        }
        return false;
    }

    private static boolean ordersWithoutFrame(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord()
                    && FRAMED.contains(tokens.get(i).name())
                    && tokens.get(i + 1).is("(")) {
                TokenCursor in = new TokenCursor(tokens.subList(i + 1, tokens.size()));
                in.expectParentheses();
                in.accept("ignore", "nulls");
                in.accept("respect", "nulls");
                if (in.accept("over") && in.looksAt("(")) {
                    List<Token> window = in.expectParentheses();
                    if (contains("order", "by").test(window)
                            && !contains("rows").test(window)
                            && !contains("range").test(window)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean castsToArray(List<Token> tokens) {
        for (int i = 1; i + 2 < tokens.size(); i++) {
            if (tokens.get(i - 1).is("::")
                    && tokens.get(i).isName()
                    && tokens.get(i + 1).is("[")
                    && tokens.get(i + 2).is("]")) {
                return true;
            }
        }
        return false;
    }

    /** A literal is turned into a number before the query starts. */
    private static boolean castsToCatalogType(List<Token> tokens) {
        for (int i = 2; i < tokens.size(); i++) {
            if (tokens.get(i - 1).is("::")
                    && tokens.get(i).isName()
                    && CATALOG_TYPES.contains(tokens.get(i).name())
                    && tokens.get(i - 2).kind() != Token.Kind.STRING
                    && !CATALOG_TYPES.contains(tokens.get(i - 2).text())) {
                return true;
            }
        }
        return false;
    }

    private static boolean addsMonths(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("interval")
                    && tokens.get(i + 1).kind() == Token.Kind.STRING
                    && MONTHS.matcher(tokens.get(i + 1).string()).matches()) {
                return true;
            }
        }
        return false;
    }
}
