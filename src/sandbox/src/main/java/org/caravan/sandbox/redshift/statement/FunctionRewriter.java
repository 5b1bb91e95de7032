package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/** Expressions that Redshift's grammar has and PostgreSQL's has not; functions of both grammars are in the scripts of bootstrap. */
final class FunctionRewriter {
    /** Functions whose first argument is a date part as a bare word, such as {@code datediff(day, a, b)}. */
    private static final Set<String> DATE_PART_FUNCTIONS =
            Set.of("datediff", "date_diff", "dateadd", "date_add", "date_part", "datepart");

    private static final Map<String, String> RENAMED = Map.of(
            "nvl",
            "coalesce",
            "isnull",
            "coalesce",
            "date_diff",
            "datediff",
            "date_add",
            "dateadd",
            "datepart",
            "date_part");

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
        String word = token.name();
        boolean call = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        if (word.equals("sysdate") && !call) {
            result.add(token.withText("pg_catalog.redshift_sysdate()"));
            return at + 1;
        }
        if (!call) {
            result.add(token);
            return at + 1;
        }
        if (word.equals("listagg")) {
            return listagg(tokens, at, result);
        }
        if (word.equals("version") && tokens.get(at + 2).is(")")) {
            result.add(token.withText("redshift.version"));
            return at + 1;
        }
        if (word.equals("current_setting") || word.equals("set_config")) {
            result.add(token);
            result.add(tokens.get(at + 1));
            Token name = tokens.get(at + 2);
            result.add(
                    name.kind() == Token.Kind.STRING
                            ? name.withText(Token.literal(Settings.postgresName(name.string())))
                            : name);
            return at + 3;
        }
        result.add(RENAMED.containsKey(word) ? token.withText(RENAMED.get(word)) : token);
        if (DATE_PART_FUNCTIONS.contains(word)
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

    /** {@code listagg(x [, d]) [within group (order by y)]} becomes {@code listagg(cast(x as varchar), d order by y)}. */
    private static int listagg(List<Token> tokens, int at, List<Token> result) {
        TokenCursor in = new TokenCursor(tokens.subList(at + 1, tokens.size()));
        List<Token> arguments = in.expectParentheses();
        int taken = 1 + arguments.size();
        List<Token> order = List.of();
        if (in.accept("within", "group")) {
            order = in.expectParentheses();
            taken += 2 + order.size();
        }
        List<Token> inner = arguments.subList(1, arguments.size() - 1);
        boolean distinct = !inner.isEmpty() && inner.get(0).is("distinct");
        int comma = topLevelComma(inner);
        List<Token> value = inner.subList(distinct ? 1 : 0, comma);
        // PostgreSQL wants to find the order's expressions among the arguments of DISTINCT as they are.
        result.add(tokens.get(at).withText(distinct ? "listagg(distinct" : "listagg(cast("));
        result.addAll(rewrite(value));
        if (!distinct) {
            result.add(new Token(Token.Kind.SIGN, "", " as varchar)"));
        }
        if (comma < inner.size()) {
            result.addAll(inner.subList(comma, inner.size()));
        } else {
            result.add(new Token(Token.Kind.SIGN, "", ", ''"));
        }
        if (!order.isEmpty()) {
            result.add(new Token(Token.Kind.SIGN, " ", ""));
            result.addAll(rewrite(order.subList(1, order.size() - 1)));
        }
        result.add(new Token(Token.Kind.SIGN, "", ")"));
        return at + taken;
    }

    private static int topLevelComma(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0 && tokens.get(i).is(",")) {
                return i;
            }
        }
        return tokens.size();
    }
}
