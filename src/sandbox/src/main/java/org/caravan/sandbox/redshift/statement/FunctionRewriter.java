package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;

/** Expressions that Redshift's grammar has and PostgreSQL's has not; functions of both grammars are in the scripts of bootstrap. */
final class FunctionRewriter {
    /** Functions whose first argument is a date part as a bare word, such as {@code datediff(day, a, b)}. */
    private static final Set<String> DATE_PART_FUNCTIONS =
            Set.of("datediff", "date_diff", "dateadd", "date_add", "date_part", "datepart");

    private static final Map<String, String> RENAMED = Map.of(
            "nvl", "coalesce",
            "isnull", "coalesce",
            "date_diff", "datediff",
            "date_add", "dateadd",
            "datepart", "date_part",
            // words of PostgreSQL's grammar with another meaning there
            "json_serialize", "pg_catalog.\"json_serialize\"",
            "version", "redshift.version",
            "array", "redshift_pg.jsonb_build_array",
            "object", "redshift_pg.jsonb_build_object");

    private FunctionRewriter() {}

    static List<Token> rewrite(List<Token> tokens) {
        List<Token> result = new ArrayList<>(tokens.size() + 8);
        int at = 0;
        while (at < tokens.size()) {
            at = rewrite(tokens, at, result);
        }
        return result;
    }

    /** Rewrites what starts here and returns where the next begins. */
    private static int rewrite(List<Token> tokens, int at, List<Token> result) {
        Token token = tokens.get(at);
        boolean plain = token.isWord() && (at == 0 || !tokens.get(at - 1).is("."));
        if (!plain) {
            result.add(token);
            return at + 1;
        }
        boolean call = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        if (!call) {
            result.add(token.is("sysdate") ? token.withText("pg_catalog.redshift_sysdate()") : token);
            return at + 1;
        }
        String name = token.name();
        return switch (name) {
            case "listagg", "median", "ratio_to_report" -> AggregateRewriter.rewrite(tokens, at, result);
            case "decode", "nvl2", "convert" -> ConditionalRewriter.rewrite(tokens, at, result);
            case "current_setting", "set_config" -> setting(tokens, at, result);
            case "extract" -> extract(tokens, at, result);
            case "count" -> {
                if (!result.isEmpty() && result.get(result.size() - 1).is("approximate")) {
                    result.remove(result.size() - 1);
                }
                result.add(token);
                yield at + 1;
            }
            default -> call(tokens, at, result);
        };
    }

    private static int call(List<Token> tokens, int at, List<Token> result) {
        Token token = tokens.get(at);
        String name = token.name();
        if (!DocumentedFunction.of(name).map(DocumentedFunction::carriedOut).orElse(true)
                && !DenyMatchers.definesColumns(tokens, at)) {
            throw StatementRefused.notYet("the function " + name);
        }
        // ARRAY(SELECT …) is PostgreSQL's, which only queries of the catalogue may use (DenyQueries).
        boolean subquery = name.equals("array")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).is("select");
        result.add(RENAMED.containsKey(name) && !subquery ? token.withText(RENAMED.get(name)) : token);
        if (DATE_PART_FUNCTIONS.contains(name)
                && tokens.size() > at + 3
                && tokens.get(at + 2).isName()
                && tokens.get(at + 3).is(",")) {
            result.add(tokens.get(at + 1));
            result.add(
                    tokens.get(at + 2).withText(Token.literal(tokens.get(at + 2).name())));
            return at + 3;
        }
        return at + 1;
    }

    private static int setting(List<Token> tokens, int at, List<Token> result) {
        result.add(tokens.get(at));
        result.add(tokens.get(at + 1));
        Token name = tokens.get(at + 2);
        result.add(
                name.kind() == Token.Kind.STRING
                        ? name.withText(Token.literal(Settings.postgresName(name.string())))
                        : name);
        return at + 3;
    }

    /** {@code extract(epoch from x)} is a BIGINT, every other part an INTEGER. */
    private static int extract(List<Token> tokens, int at, List<Token> result) {
        Token part = tokens.get(at + 2);
        boolean epoch = part.is("epoch")
                || part.kind() == Token.Kind.STRING && part.string().equalsIgnoreCase("epoch");
        if (epoch && tokens.get(at + 3).is("from")) {
            result.add(tokens.get(at).withText("redshift.epoch("));
            return at + 4;
        }
        result.add(tokens.get(at));
        return at + 1;
    }
}
