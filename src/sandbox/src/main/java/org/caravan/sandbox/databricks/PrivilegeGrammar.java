package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.databricks.Securable.Kind;

/**
 * GRANT, REVOKE and SHOW GRANTS (security-grant, security-revoke, security-show-grant), on the objects that the sandbox has.
 */
final class PrivilegeGrammar {
    private PrivilegeGrammar() {}

    static Optional<FederationCommand> parse(TokenReader in) {
        if (in.takes("SHOW", "GRANTS") || in.takes("SHOW", "GRANT")) {
            Optional<String> principal = in.sees("ON") ? Optional.empty() : Optional.of(in.identifier());
            in.word("ON");
            return Optional.of(new FederationCommand.ShowGrants(principal, securable(in)));
        }
        if (in.takes("GRANT")) {
            List<Privilege> privileges = privileges(in);
            Securable on = securable(in);
            in.word("TO");
            return Optional.of(new FederationCommand.Grant(privileges, on, in.identifier()));
        }
        if (in.takes("REVOKE")) {
            List<Privilege> privileges = privileges(in);
            Securable on = securable(in);
            in.word("FROM");
            return Optional.of(new FederationCommand.Revoke(privileges, on, in.identifier()));
        }
        return Optional.empty();
    }

    /** Privileges up to and including ON. */
    private static List<Privilege> privileges(TokenReader in) {
        List<Privilege> privileges = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        while (true) {
            boolean on = in.takes("ON");
            if (on || in.takesSymbol(",")) {
                privileges.add(Privilege.named(name.toString())
                        .orElseThrow(() -> Refused.syntax("Syntax error: '"
                                + name.toString().strip()
                                + "' is no privilege known here; known are " + Arrays.toString(Privilege.values())
                                + ".")));
                name.setLength(0);
                if (on) {
                    return privileges;
                }
            } else {
                name.append(' ').append(in.identifier());
            }
        }
    }

    /** An object; without its kind it is a table. */
    private static Securable securable(TokenReader in) {
        if (in.takes("METASTORE")) {
            return Securable.METASTORE;
        }
        Kind kind = in.takes("CONNECTION") || in.takes("SERVER")
                ? Kind.CONNECTION
                : in.takes("CATALOG")
                        ? Kind.CATALOG
                        : in.takes("SCHEMA") || in.takes("DATABASE") ? Kind.SCHEMA : Kind.TABLE;
        if (kind == Kind.TABLE) {
            in.takes("TABLE");
        }
        return new Securable(kind, in.name(kind.parts()));
    }
}
