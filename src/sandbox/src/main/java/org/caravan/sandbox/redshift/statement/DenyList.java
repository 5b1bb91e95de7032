package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.stream.Stream;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * What PostgreSQL's grammar has and Redshift refuses, apart from the grammars of COPY, CREATE TABLE and ALTER TABLE, which accept only
 * what is documented, and apart from functions, operators and types, which PostgreSQL itself refuses (bootstrap/allowed.sql).
 *
 * <p>Field reports are error messages that users of Redshift published; the wording of the others is assumed.
 */
public final class DenyList {
    public static final List<DenyRule> RULES = Stream.of(DenyCommands.RULES, DenyWrites.RULES, DenyQueries.RULES)
            .flatMap(List::stream)
            .toList();

    private DenyList() {}

    /** Refuses the statement by the first rule that matches it. */
    static void check(List<Token> tokens) {
        for (DenyRule rule : RULES) {
            if (rule.matches().test(tokens)) {
                throw new StatementRefused(SqlError.error(rule.state(), rule.message())
                        .withDetail("Refused by the stand-in's rule: " + rule.name() + " (" + rule.source() + ")."));
            }
        }
    }
}
