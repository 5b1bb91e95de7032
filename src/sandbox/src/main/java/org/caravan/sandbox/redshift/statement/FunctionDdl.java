package org.caravan.sandbox.redshift.statement;

import static org.caravan.sandbox.redshift.wire.SqlError.SYNTAX_ERROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.Names;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * CREATE FUNCTION … LANGUAGE sql in the grammar of https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_FUNCTION.html: arguments
 * without names, a volatility, and one SELECT of expressions.
 */
final class FunctionDdl {
    private static final Set<String> NOT_IN_A_BODY = Set.of("from", "into", "where", "group", "order", "limit");

    private FunctionDdl() {}

    static boolean creates(TokenCursor in) {
        return in.looksAt("create", "function") || in.looksAt("create", "or", "replace", "function");
    }

    static Plan create(TokenCursor in, boolean caseSensitive) {
        in.expect("create");
        boolean replace = in.accept("or", "replace");
        in.expect("function");
        TableName name = in.expectTable();
        List<String> arguments = new ArrayList<>();
        in.expect("(");
        while (!in.accept(")")) {
            if (!arguments.isEmpty()) {
                in.expect(",");
            }
            arguments.add(type(in, name));
        }
        in.expect("returns");
        String result = type(in, name);
        String volatility = in.expectWord();
        if (!Set.of("volatile", "stable", "immutable").contains(volatility)) {
            throw StatementRefused.syntaxErrorNear(volatility);
        }
        in.expect("as");
        String body = body(in.expectString(), caseSensitive);
        in.expect("language", "sql");
        in.expectEnd();
        return new Plan.Forward("create " + (replace ? "or replace " : "") + "function " + name.sql() + " ("
                + String.join(", ", arguments) + ") returns " + result + " language sql " + volatility + " as "
                + Token.literal(body));
    }

    private static String type(TokenCursor in, TableName function) {
        String definition = RedshiftTypes.definition(in, function, "argument");
        return definition.startsWith("varbyte") ? "varbyte" : definition;
    }

    private static String body(String text, boolean caseSensitive) {
        List<List<Token>> statements = SqlTokenizer.statements(text);
        if (statements.size() != 1 || !statements.get(0).get(0).is("select")) {
            throw new StatementRefused(SYNTAX_ERROR, "the body of an SQL function is one SELECT");
        }
        List<Token> select = Names.fold(statements.get(0), caseSensitive);
        DenyList.check(select);
        int depth = 0;
        for (Token token : select) {
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.isWord() && NOT_IN_A_BODY.contains(token.name())) {
                throw new StatementRefused(
                        SqlError.NOT_SUPPORTED,
                        "the SELECT of an SQL function takes expressions only, not "
                                + token.text().toUpperCase(java.util.Locale.ROOT));
            }
        }
        return SqlTokenizer.join(StatementRewriter.expressions(select));
    }
}
