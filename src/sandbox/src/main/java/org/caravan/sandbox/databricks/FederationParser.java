package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the statements of Lakehouse Federation in the grammar of docs.databricks.com/aws/sql/language-manual: each group of
 * statements has its own grammar. Stateless.
 */
final class FederationParser {
    private static final List<Function<TokenReader, Optional<FederationCommand>>> GRAMMARS =
            List.of(ConnectionGrammar::parse, CatalogGrammar::parse, PrivilegeGrammar::parse);

    private FederationParser() {}

    /**
     * The statement, if it is one of federation's.
     *
     * @throws Refused when it starts like one and is not well-formed
     */
    static Optional<FederationCommand> parse(String sql) {
        for (Function<TokenReader, Optional<FederationCommand>> grammar : GRAMMARS) {
            TokenReader in = new TokenReader(sql);
            Optional<FederationCommand> command = grammar.apply(in);
            if (command.isPresent()) {
                in.end();
                return command;
            }
        }
        return Optional.empty();
    }
}
