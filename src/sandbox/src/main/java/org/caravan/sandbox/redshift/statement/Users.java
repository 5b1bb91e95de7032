package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;

/** CREATE USER, ALTER USER and groups; a user that CREATEUSER would make a superuser is one the stand-in does not give away. */
final class Users {
    /** The role whose members may lock a table in a mode that keeps other writers out, also if they may only insert. */
    private static final String LOCKS = "pg_maintain";

    private Users() {}

    static Plan rewrite(List<Token> tokens) {
        List<Token> result = new ArrayList<>();
        boolean creates = tokens.get(0).is("create") && tokens.get(1).is("user");
        boolean grouped = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("createuser")) {
                throw StatementRefused.notYet("superusers made by CREATEUSER");
            } else if (token.is("password") && tokens.get(i + 1).is("disable")) {
                result.add(token);
                result.add(Token.word("null"));
                i++;
            } else if (creates && token.is("in") && tokens.get(i + 1).is("group")) {
                grouped = true;
                result.add(token);
                result.add(tokens.get(i + 1));
                result.add(Token.word(LOCKS + ","));
                i++;
            } else if (creates && !grouped && token.kind() == Token.Kind.END) {
                result.add(Token.word("in role " + LOCKS));
                result.add(token);
            } else if (!token.is("nocreateuser")) {
                result.add(token);
            }
        }
        return new Plan.Forward(SqlTokenizer.join(result));
    }
}
