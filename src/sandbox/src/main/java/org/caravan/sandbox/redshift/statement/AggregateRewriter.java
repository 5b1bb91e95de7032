package org.caravan.sandbox.redshift.statement;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/** LISTAGG, MEDIAN and RATIO_TO_REPORT, whose notation PostgreSQL does not know. */
final class AggregateRewriter {
    private AggregateRewriter() {}

    static int rewrite(List<Token> tokens, int at, List<Token> result) {
        Arguments arguments = Arguments.at(tokens, at + 1);
        Token name = tokens.get(at);
        int next = at + 1 + arguments.tokens();
        return switch (name.name()) {
            case "listagg" -> listagg(tokens, at, result);
            case "median" -> {
                only(name, arguments);
                result.add(name.withText("percentile_cont(0.5) within group (order by (" + arguments.sql(0) + "))"));
                yield next;
            }
            default -> ratio(tokens, next, name, arguments, result);
        };
    }

    private static void only(Token name, Arguments arguments) {
        if (arguments.each().size() != 1) {
            throw new StatementRefused(
                    "42883",
                    "function " + name.name() + " with " + arguments.each().size() + " arguments does not exist");
        }
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_WF_RATIO_TO_REPORT.html: a FLOAT8, over a partition. */
    private static int ratio(List<Token> tokens, int at, Token name, Arguments arguments, List<Token> result) {
        only(name, arguments);
        TokenCursor in = new TokenCursor(tokens.subList(at, tokens.size()));
        in.expect("over");
        List<Token> window = in.expectParentheses();
        String value = arguments.sql(0);
        result.add(name.withText("(cast((" + value + ") as double precision) / sum(" + value + ") over "
                + SqlTokenizer.join(FunctionRewriter.rewrite(window)) + ")"));
        return at + 1 + window.size();
    }

    /** {@code listagg(x [, d]) [within group (order by y)]} becomes {@code listagg(cast(x as varchar), d order by y)}. */
    private static int listagg(List<Token> tokens, int at, List<Token> result) {
        Arguments arguments = Arguments.at(tokens, at + 1);
        TokenCursor in = new TokenCursor(tokens.subList(at + 1 + arguments.tokens(), tokens.size()));
        int taken = 1 + arguments.tokens();
        List<Token> order = List.of();
        if (in.accept("within", "group")) {
            order = in.expectParentheses();
            taken += 2 + order.size();
        }
        if (arguments.each().isEmpty() || arguments.each().size() > 2) {
            throw new StatementRefused(
                    "42883", "function listagg with " + arguments.each().size() + " arguments does not exist");
        }
        List<Token> first = arguments.each().get(0);
        boolean distinct = first.get(0).is("distinct");
        // PostgreSQL wants to find the order's expressions among the arguments of DISTINCT as they are.
        result.add(tokens.get(at).withText(distinct ? "listagg(distinct" : "listagg(cast("));
        result.addAll(FunctionRewriter.rewrite(distinct ? first.subList(1, first.size()) : first));
        if (!distinct) {
            result.add(new Token(Token.Kind.SIGN, "", " as varchar)"));
        }
        result.add(new Token(Token.Kind.SIGN, "", ","));
        if (arguments.each().size() > 1) {
            result.addAll(FunctionRewriter.rewrite(arguments.each().get(1)));
        } else {
            result.add(new Token(Token.Kind.SIGN, " ", "''"));
        }
        if (!order.isEmpty()) {
            result.add(new Token(Token.Kind.SIGN, " ", ""));
            result.addAll(FunctionRewriter.rewrite(order.subList(1, order.size() - 1)));
        }
        result.add(new Token(Token.Kind.SIGN, "", ")"));
        return at + taken;
    }
}
