package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;

/** Clauses of queries that Redshift has and PostgreSQL has not: TOP, MINUS, paths into SUPER values. */
final class QueryRewriter {
    private QueryRewriter() {}

    static List<Token> rewrite(List<Token> tokens) {
        refuseWhatIsNotCarriedOut(tokens);
        List<Token> result = new ArrayList<>(tokens.size() + 4);
        // The limit of each query that is open, by the depth of its parentheses.
        List<String> limits = new ArrayList<>(List.of(""));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(Math.min(i + 1, tokens.size() - 1));
            if (token.is("(")) {
                limits.add("");
            } else if ((token.is(")") || token.kind() == Token.Kind.END)
                    && !limits.get(limits.size() - 1).isEmpty()) {
                result.add(Token.word("limit " + limits.get(limits.size() - 1)));
                limits.set(limits.size() - 1, "");
            }
            if (token.is(")") && limits.size() > 1) {
                limits.remove(limits.size() - 1);
            }
            if (token.is("top") && selects(result) && next.kind() == Token.Kind.NUMBER) {
                limits.set(limits.size() - 1, next.text());
                i++;
            } else if (isSetOperator(token) && !limits.get(limits.size() - 1).isEmpty()) {
                throw StatementRefused.notYet("TOP in a query with " + token.text());
            } else if (token.is("minus") && (next.is("select") || next.is("("))) {
                result.add(token.withText("except"));
            } else if (token.is(".") && next.isName() && !result.isEmpty() && endsWith(result, "]")) {
                // A path goes on behind a subscript: https://docs.aws.amazon.com/redshift/latest/dg/query-super.html
                result.add(token.withText("[" + Token.literal(next.name()).strip() + "]"));
                i++;
            } else {
                result.add(token);
            }
        }
        return result;
    }

    private static boolean selects(List<Token> result) {
        Token last = result.isEmpty() ? Token.word("") : result.get(result.size() - 1);
        return last.is("select") || last.is("distinct") || last.is("all");
    }

    private static boolean isSetOperator(Token token) {
        return token.is("union") || token.is("intersect") || token.is("except") || token.is("minus");
    }

    private static boolean endsWith(List<Token> result, String text) {
        return result.get(result.size() - 1).text().endsWith(text);
    }

    private static void refuseWhatIsNotCarriedOut(List<Token> tokens) {
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean clause = !tokens.get(i - 1).is(".") && !tokens.get(i - 1).is("as");
            if (clause
                    && (token.is("pivot") || token.is("unpivot"))
                    && tokens.get(i + 1).is("(")) {
                throw StatementRefused.notYet(token.text().toUpperCase(java.util.Locale.ROOT));
            }
            if (clause
                    && token.is("qualify")
                    && (tokens.get(i + 1).isName() || tokens.get(i + 1).is("("))
                    && DenyMatchers.contains("over").test(tokens)) {
                throw StatementRefused.notYet("QUALIFY");
            }
            if (clause && token.is("connect") && tokens.get(i + 1).is("by")) {
                throw StatementRefused.notYet("CONNECT BY");
            }
        }
    }
}
