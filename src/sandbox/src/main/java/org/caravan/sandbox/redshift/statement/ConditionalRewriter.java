package org.caravan.sandbox.redshift.statement;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;

/** DECODE and NVL2 as CASE, and CONVERT as CAST. */
final class ConditionalRewriter {
    private ConditionalRewriter() {}

    static int rewrite(List<Token> tokens, int at, List<Token> result) {
        Token name = tokens.get(at);
        Arguments arguments = Arguments.at(tokens, at + 1);
        String sql =
                switch (name.name()) {
                    case "decode" -> decode(name, arguments);
                    case "nvl2" -> nvl2(name, arguments);
                    default -> convert(name, arguments);
                };
        result.add(name.withText(sql));
        return at + 1 + arguments.tokens();
    }

    /** Two NULLs are equal here: https://docs.aws.amazon.com/redshift/latest/dg/r_DECODE_expression.html */
    private static String decode(Token name, Arguments arguments) {
        int count = arguments.each().size();
        if (count < 3) {
            throw wrongNumber(name, count);
        }
        StringBuilder sql = new StringBuilder("(case");
        for (int i = 1; i + 1 < count; i += 2) {
            String value = arguments.sql(0);
            String search = arguments.sql(i);
            sql.append(" when (").append(value);
            if (search.equalsIgnoreCase("null")) {
                sql.append(") is null");
            } else {
                sql.append(") = (").append(search).append(") or (").append(value);
                sql.append(") is null and (").append(search).append(") is null");
            }
            sql.append(" then ").append(arguments.sql(i + 1));
        }
        if (count % 2 == 0) {
            sql.append(" else ").append(arguments.sql(count - 1));
        }
        return sql.append(" end)").toString();
    }

    private static String nvl2(Token name, Arguments arguments) {
        if (arguments.each().size() != 3) {
            throw wrongNumber(name, arguments.each().size());
        }
        return "(case when (" + arguments.sql(0) + ") is not null then " + arguments.sql(1) + " else "
                + arguments.sql(2) + " end)";
    }

    /** {@code convert(type, value)}: https://docs.aws.amazon.com/redshift/latest/dg/r_CAST_function.html */
    private static String convert(Token name, Arguments arguments) {
        if (arguments.each().size() != 2) {
            throw wrongNumber(name, arguments.each().size());
        }
        List<Token> cast = new java.util.ArrayList<>(List.of(new Token(Token.Kind.SIGN, "", "::")));
        cast.addAll(arguments.each().get(0));
        cast.add(new Token(Token.Kind.END, "", ""));
        return "((" + arguments.sql(1) + ")" + SqlTokenizer.join(RedshiftTypes.inExpressions(cast)) + ")";
    }

    private static StatementRefused wrongNumber(Token name, int count) {
        return new StatementRefused(
                "42883", "function " + name.name() + " with " + count + " arguments does not exist");
    }
}
