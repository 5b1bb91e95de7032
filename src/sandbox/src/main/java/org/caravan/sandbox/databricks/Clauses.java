package org.caravan.sandbox.databricks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/** Clauses that several statements of federation share. */
final class Clauses {
    private Clauses() {}

    static Tolerance ifNotExists(TokenReader in) {
        return in.takes("IF", "NOT", "EXISTS") ? Tolerance.IGNORE : Tolerance.REFUSE;
    }

    static Tolerance ifExists(TokenReader in) {
        return in.takes("IF", "EXISTS") ? Tolerance.IGNORE : Tolerance.REFUSE;
    }

    static Optional<String> comment(TokenReader in) {
        return in.takes("COMMENT") ? Optional.of(in.string()) : Optional.empty();
    }

    /**
     * {@code OPTIONS ( option value [, …] )}: keys are identifiers joined by dots, or strings, unique and case-sensitive; values
     * are strings, numbers, booleans or calls of {@code secret} (sql-ref-syntax-ddl-create-connection).
     */
    static Map<String, OptionValue> options(TokenReader in) {
        in.word("OPTIONS");
        in.symbol("(");
        Map<String, OptionValue> options = new LinkedHashMap<>();
        do {
            String name = in.atString() ? in.string() : String.join(".", in.name(Integer.MAX_VALUE));
            OptionValue value = in.takes("SECRET") ? secret(in) : new OptionValue.Text(in.constant());
            if (options.put(name, value) != null) {
                throw new Refused("DUPLICATE_KEY", "23505", "Found duplicate keys `" + name + "` in OPTIONS.");
            }
        } while (in.takesSymbol(","));
        in.symbol(")");
        return options;
    }

    private static OptionValue secret(TokenReader in) {
        in.symbol("(");
        String scope = in.string();
        in.symbol(",");
        String key = in.string();
        in.symbol(")");
        return new OptionValue.Secret(scope, key);
    }
}
