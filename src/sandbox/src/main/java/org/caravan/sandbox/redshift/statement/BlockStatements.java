package org.caravan.sandbox.redshift.statement;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * BEGIN, COMMIT and ROLLBACK with all their names (https://docs.aws.amazon.com/redshift/latest/dg/r_BEGIN.html, r_COMMIT.html, r_END.html,
 * r_ROLLBACK.html, r_ABORT.html); what PostgreSQL has beside, such as DEFERRABLE and AND CHAIN, is a syntax error.
 */
final class BlockStatements {
    private BlockStatements() {}

    static Plan begin(TokenCursor in, List<Token> tokens) {
        if (in.accept("start")) {
            in.expect("transaction");
        } else {
            in.expect("begin");
            in.acceptAnyOf("work", "transaction");
        }
        if (in.accept("isolation", "level")
                && !in.accept("serializable")
                && !in.accept("read", "uncommitted")
                && !in.accept("read", "committed")
                && !in.accept("repeatable", "read")) {
            throw in.unexpected();
        }
        in.accept(",");
        if (in.accept("read") && !in.acceptAnyOf("write", "only")) {
            throw in.unexpected();
        }
        in.expectEnd();
        return new Plan.Forward(SqlTokenizer.join(Settings.isolation(tokens)));
    }

    static Plan end(TokenCursor in) {
        String word = in.expectWord();
        in.acceptAnyOf("work", "transaction");
        in.expectEnd();
        return new Plan.Forward(word);
    }
}
