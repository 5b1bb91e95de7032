package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.Token;

/**
 * Functions of PostgreSQL that only queries of the catalogue may call: such queries run on the leader node, which knows more than the
 * compute nodes do (https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html), and drivers and tools use
 * that. They stand in the schema {@code redshift_pg} (bootstrap/allowed.sql), where no other query finds them.
 */
final class HiddenFunctions {
    /**
     * Those that PostgreSQL 8.0 has. Newer ones are unknown to Redshift even in queries of the catalogue:
     * https://github.com/r-dbi/RPostgres/issues/211 (generate_subscripts), https://github.com/cloudquery/cloudquery/issues/11881
     * (array_position).
     */
    private static final Set<String> NAMES = Set.of(
            "array_append",
            "array_cat",
            "array_dims",
            "array_lower",
            "array_to_string",
            "array_upper",
            "col_description",
            "format_type",
            "generate_series",
            "obj_description",
            "oidvectortypes",
            "string_to_array",
            "textcat");

    /** What psql calls as a function of pg_catalog, whatever the server's version: {@code \d+} of psql 15 and newer. */
    private static final Set<String> QUALIFIED_NAMES = Set.of("unnest");

    private HiddenFunctions() {}

    /** The tokens of a query of the catalogue, its calls of hidden functions qualified. */
    static List<Token> qualify(List<Token> tokens) {
        List<Token> result = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean qualified = i > 0 && tokens.get(i - 1).is(".");
            boolean hidden = token.isWord()
                    && (NAMES.contains(token.name()) || qualified && QUALIFIED_NAMES.contains(token.name()))
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is("(");
            if (hidden && qualified && i > 1 && tokens.get(i - 2).is("pg_catalog")) {
                Token schema = result.get(i - 2);
                result.set(i - 2, schema.withText("redshift_pg"));
                result.add(token);
            } else {
                result.add(hidden && !qualified ? token.withText("redshift_pg." + token.text()) : token);
            }
        }
        return result;
    }
}
