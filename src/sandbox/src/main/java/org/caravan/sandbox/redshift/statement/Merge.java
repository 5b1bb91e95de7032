package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * MERGE in Redshift's grammar, which is narrower than PostgreSQL's: a target without an alias, a table as the source, one UPDATE or
 * DELETE for what matches and one INSERT for what does not, without conditions
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html).
 */
final class Merge {
    private Merge() {}

    static Plan plan(TokenCursor in) {
        in.expect("merge", "into");
        TableName target = in.expectTable();
        in.expect("using");
        TableName source = in.expectTable();
        Optional<String> alias = in.accept("as") || !in.looksAt("on")
                ? Optional.of(in.expectName().name())
                : Optional.empty();
        if (target.equals(source)) {
            throw new StatementRefused(SqlError.NOT_SUPPORTED, "Source and target table in MERGE can not be the same.");
        }
        in.expect("on");
        List<Token> condition = upTo(in, "when", "remove");
        if (condition.isEmpty()) {
            throw in.unexpected();
        }
        String on = SqlTokenizer.join(StatementRewriter.expressions(condition));
        if (in.accept("remove", "duplicates")) {
            in.expectEnd();
            return new Plan.RemoveDuplicates(target, source, alias.orElse(source.table()), on);
        }
        StringBuilder sql = new StringBuilder("merge into " + target.sql() + " using " + source.sql()
                + alias.map(name -> " as " + Token.quote(name)).orElse("") + " on" + on);
        in.expect("when", "matched", "then");
        sql.append(" when matched then ").append(matched(in));
        in.expect("when", "not", "matched", "then", "insert");
        sql.append(" when not matched then insert").append(insertion(in));
        in.expectEnd();
        return new Plan.Forward(sql.toString());
    }

    private static String matched(TokenCursor in) {
        if (in.accept("delete")) {
            return "delete";
        }
        in.expect("update", "set");
        List<String> assignments = new ArrayList<>();
        do {
            String column = Token.quote(in.expectName().name());
            in.expect("=");
            assignments.add(column + " =" + expression(in));
        } while (in.accept(","));
        return "update set " + String.join(", ", assignments);
    }

    private static String insertion(TokenCursor in) {
        String columns = in.looksAt("(")
                ? " ("
                        + String.join(
                                ", ",
                                in.expectNames().stream().map(Token::quote).toList())
                        + ")"
                : "";
        in.expect("values");
        List<Token> values = in.expectParentheses();
        return columns + " values" + SqlTokenizer.join(StatementRewriter.expressions(values));
    }

    private static String expression(TokenCursor in) {
        List<Token> expression = upTo(in, "when", ",");
        if (expression.isEmpty()) {
            throw in.unexpected();
        }
        return " "
                + SqlTokenizer.join(StatementRewriter.expressions(expression)).strip();
    }

    /** The tokens before the first of these that is not inside parentheses or a CASE. */
    private static List<Token> upTo(TokenCursor in, String... ends) {
        List<Token> taken = new ArrayList<>();
        int cases = 0;
        while (!in.atEnd()) {
            if (cases == 0) {
                for (String end : ends) {
                    if (in.looksAt(end)) {
                        return taken;
                    }
                }
            }
            if (in.looksAt("(")) {
                taken.addAll(in.expectParentheses());
            } else {
                cases += in.looksAt("case") ? 1 : in.looksAt("end") ? -1 : 0;
                taken.add(in.next());
            }
        }
        return taken;
    }
}
