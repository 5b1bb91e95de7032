package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * The arguments of one call.
 *
 * @param each the tokens of every argument, as they are written
 * @param tokens how many tokens the parentheses and what is in them take
 */
record Arguments(List<List<Token>> each, int tokens) {
    /** The arguments behind the opening parenthesis at this place. */
    static Arguments at(List<Token> tokens, int open) {
        List<Token> all = new TokenCursor(tokens.subList(open, tokens.size())).expectParentheses();
        List<Token> inner = all.subList(1, all.size() - 1);
        List<List<Token>> each = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inner.size(); i++) {
            depth += inner.get(i).is("(") ? 1 : inner.get(i).is(")") ? -1 : 0;
            if (depth == 0 && inner.get(i).is(",")) {
                each.add(inner.subList(from, i));
                from = i + 1;
            }
        }
        if (!inner.isEmpty()) {
            each.add(inner.subList(from, inner.size()));
        }
        return new Arguments(each, all.size());
    }

    /** One argument, rewritten for PostgreSQL. */
    String sql(int index) {
        return SqlTokenizer.join(FunctionRewriter.rewrite(each.get(index))).strip();
    }
}
