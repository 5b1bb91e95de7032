package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.caravan.sandbox.redshift.syntax.Token;

/**
 * Columns of the catalogue that PostgreSQL 8.0, and so Redshift, has and newer PostgreSQL has not. Clients that trust the server's
 * version ask for them: psql's {@code \d} and {@code \df} (src/bin/psql/describe.c) do. And {@code pg_constraint} without the checks
 * by which the stand-in counts bytes.
 */
final class OldCatalog {
    /** Each column's value, made of what qualifies it: {@code "c."}. */
    private static final Map<String, UnaryOperator<String>> COLUMNS = Map.of(
            "relhasoids",
            row -> "false",
            "relhaspkey",
            row -> "exists (select from pg_catalog.pg_index where indrelid = " + row + "oid and indisprimary)",
            "proisagg",
            row -> "(" + row + "prokind = 'a')",
            "proiswindow",
            row -> "(" + row + "prokind = 'w')",
            "adsrc",
            row -> "pg_catalog.pg_get_expr(" + row + "adbin, " + row + "adrelid)",
            "consrc",
            row -> "pg_catalog.pg_get_constraintdef(" + row + "oid)",
            "datlastsysoid",
            row -> "16383::oid");

    private OldCatalog() {}

    static List<Token> rewrite(List<Token> tokens) {
        List<Token> result = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            boolean qualified =
                    result.size() > 1 && result.get(result.size() - 1).is(".");
            if (qualified && token.isName() && COLUMNS.containsKey(token.name())) {
                Token row = qualifier(result);
                result.add(row.withText(COLUMNS.get(token.name()).apply(row.text() + ".")));
            } else if (token.isName() && token.name().equals("pg_constraint")) {
                Token first = qualified ? qualifier(result) : token;
                result.add(first.withText("redshift.pg_constraint"));
            } else {
                result.add(token);
            }
        }
        return result;
    }

    /** Takes the qualifier and its dot off the end. */
    private static Token qualifier(List<Token> result) {
        result.remove(result.size() - 1);
        return result.remove(result.size() - 1);
    }
}
