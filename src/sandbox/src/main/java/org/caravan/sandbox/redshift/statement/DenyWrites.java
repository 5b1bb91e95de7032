package org.caravan.sandbox.redshift.statement;

import static org.caravan.sandbox.redshift.statement.DenyMatchers.anyOf;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.contains;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.matchesAt;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.starts;
import static org.caravan.sandbox.redshift.statement.DenyMatchers.writes;
import static org.caravan.sandbox.redshift.wire.SqlError.SYNTAX_ERROR;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.Token;

/** Clauses of INSERT, UPDATE, DELETE and MERGE that only PostgreSQL has. */
final class DenyWrites {
    private static final String GUIDE = "https://docs.aws.amazon.com/redshift/latest/dg/";
    private static final String INSERT = GUIDE + "r_INSERT_30.html";
    private static final String MERGE = GUIDE + "r_MERGE.html";

    static final List<DenyRule> RULES = List.of(
            new DenyRule(
                    "INSERT … ON CONFLICT",
                    INSERT,
                    SYNTAX_ERROR,
                    "syntax error at or near \"ON\"",
                    starts("insert").or(starts("with")).and(contains("on", "conflict")),
                    "insert into t values (1) on conflict do nothing"),
            new DenyRule(
                    "RETURNING",
                    INSERT,
                    SYNTAX_ERROR,
                    "syntax error at or near \"RETURNING\"",
                    writes().and(contains("returning")),
                    "insert into t values (1) returning a"),
            new DenyRule(
                    "INSERT … OVERRIDING",
                    INSERT,
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
                    "WHERE CURRENT OF",
                    GUIDE + "r_UPDATE.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"CURRENT\"",
                    contains("where", "current", "of"),
                    "delete from t where current of c"),
            new DenyRule(
                    "UPDATE of several columns at once",
                    GUIDE + "r_UPDATE.html",
                    SYNTAX_ERROR,
                    "syntax error at or near \"(\"",
                    starts("update").and(contains("set", "(")),
                    "update t set (a) = (1)"),
            new DenyRule(
                    "MERGE into an alias",
                    MERGE,
                    SYNTAX_ERROR,
                    "syntax error: MERGE takes no alias for its target",
                    DenyWrites::mergesIntoAlias,
                    "merge into t as x using s on x.a = s.a when matched then delete when not matched then insert values (s.a)"),
            new DenyRule(
                    "MERGE from a query",
                    MERGE,
                    SYNTAX_ERROR,
                    "syntax error at or near \"(\"",
                    starts("merge").and(contains("using", "(")),
                    "merge into t using (select 1 as a) s on t.a = s.a when matched then delete when not matched then insert values (s.a)"),
            new DenyRule(
                    "MERGE with conditions",
                    MERGE,
                    SYNTAX_ERROR,
                    "syntax error at or near \"AND\"",
                    starts("merge")
                            .and(contains("matched", "and")
                                    .or(contains("do", "nothing"))
                                    .or(contains("matched", "by", "source"))),
                    "merge into t using s on t.a = s.a when matched and s.a > 1 then delete when not matched then insert values (s.a)"),
            new DenyRule(
                    "MERGE without both WHEN clauses",
                    MERGE,
                    SYNTAX_ERROR,
                    "syntax error: MERGE needs WHEN MATCHED and WHEN NOT MATCHED",
                    starts("merge")
                            .and(contains("remove", "duplicates").negate())
                            .and(contains("when", "matched")
                                    .and(contains("when", "not", "matched"))
                                    .negate()),
                    "merge into t using s on t.a = s.a when matched then delete"));

    private DenyWrites() {}

    private static boolean mergesIntoAlias(List<Token> tokens) {
        if (!matchesAt(tokens, 0, "merge", "into")) {
            return false;
        }
        int using = 0;
        while (using < tokens.size() && !tokens.get(using).is("using")) {
            using++;
        }
        for (int i = 3; i < using; i++) {
            if (!tokens.get(i).is(".") && !tokens.get(i - 1).is(".")) {
                return true;
            }
        }
        return false;
    }
}
