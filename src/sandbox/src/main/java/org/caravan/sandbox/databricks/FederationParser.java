package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue;
import org.caravan.sandbox.databricks.FederationCommand.Securable;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/**
 * Reads the statements of Lakehouse Federation in the grammar of docs.databricks.com (sql-ref-syntax-ddl-create-connection,
 * -create-catalog, -drop-connection, -drop-catalog, -refresh-foreign, security-grant, security-show-grant).
 */
final class FederationParser {
    private static final Set<String> SECURABLES = Set.of("CONNECTION", "CATALOG", "SCHEMA", "TABLE");
    private static final Set<String> PRIVILEGES = Set.of(
            "ALL PRIVILEGES",
            "BROWSE",
            "CREATE FOREIGN CATALOG",
            "MANAGE",
            "SELECT",
            "USE CATALOG",
            "USE CONNECTION",
            "USE SCHEMA");

    private final TokenReader in;

    private FederationParser(String sql) {
        this.in = new TokenReader(sql);
    }

    /**
     * The statement, if it is one of federation's.
     *
     * @throws Refused when it starts like one and is not well-formed
     */
    static Optional<FederationCommand> parse(String sql) {
        FederationParser parser = new FederationParser(sql);
        Optional<FederationCommand> command = parser.command();
        if (command.isPresent()) {
            parser.in.end();
        }
        return command;
    }

    private Optional<FederationCommand> command() {
        if (in.takes("CREATE", "CONNECTION")) {
            return Optional.of(createConnection());
        }
        if (in.takes("CREATE", "FOREIGN", "CATALOG")) {
            return Optional.of(createForeignCatalog());
        }
        if (in.takes("DROP", "CONNECTION")) {
            Tolerance ifMissing = ifExists();
            return Optional.of(new FederationCommand.DropConnection(in.identifier(), ifMissing));
        }
        if (in.takes("DROP", "CATALOG")) {
            Tolerance ifMissing = ifExists();
            FederationCommand drop = new FederationCommand.DropCatalog(in.identifier(), ifMissing);
            // A foreign catalog holds nothing of its own, so both words do the same.
            if (!in.takes("CASCADE")) {
                in.takes("RESTRICT");
            }
            return Optional.of(drop);
        }
        if (in.takes("REFRESH", "FOREIGN")) {
            return Optional.of(refresh());
        }
        if (in.takes("SHOW", "CONNECTIONS")) {
            return Optional.of(new FederationCommand.ShowConnections());
        }
        if (in.takes("SHOW", "GRANTS") || in.takes("SHOW", "GRANT")) {
            Optional<String> principal = in.sees("ON") ? Optional.empty() : Optional.of(in.identifier());
            in.word("ON");
            return Optional.of(new FederationCommand.ShowGrants(principal, securable()));
        }
        if (in.takes("GRANT")) {
            List<String> privileges = privileges();
            Securable on = securable();
            in.word("TO");
            return Optional.of(new FederationCommand.Grant(privileges, on, in.identifier()));
        }
        if (in.takes("REVOKE")) {
            List<String> privileges = privileges();
            Securable on = securable();
            in.word("FROM");
            return Optional.of(new FederationCommand.Revoke(privileges, on, in.identifier()));
        }
        return Optional.empty();
    }

    private FederationCommand createConnection() {
        Tolerance ifExists = ifNotExists();
        String name = in.identifier();
        in.word("TYPE");
        String type = in.identifier();
        Map<String, OptionValue> options = options();
        return new FederationCommand.CreateConnection(name, ifExists, type, options, comment());
    }

    private FederationCommand createForeignCatalog() {
        Tolerance ifExists = ifNotExists();
        String name = in.identifier();
        in.word("USING");
        in.word("CONNECTION");
        String connection = in.identifier();
        Optional<String> comment = comment();
        return new FederationCommand.CreateForeignCatalog(name, ifExists, connection, options(), comment);
    }

    private FederationCommand refresh() {
        if (in.takes("CATALOG")) {
            return new FederationCommand.RefreshCatalog(in.identifier());
        }
        if (in.takes("SCHEMA")) {
            List<String> name = fullName(2);
            return new FederationCommand.RefreshSchema(name.get(0), name.get(1));
        }
        if (in.takes("TABLE")) {
            List<String> name = fullName(3);
            return new FederationCommand.RefreshTable(name.get(0), name.get(1), name.get(2));
        }
        throw in.unexpected("CATALOG, SCHEMA or TABLE");
    }

    private List<String> fullName(int parts) {
        List<String> name = in.name(parts);
        if (name.size() < parts) {
            throw Refused.syntax("Syntax error: REFRESH FOREIGN needs the whole name of " + parts + " parts, found "
                    + String.join(".", name) + ".");
        }
        return name;
    }

    private Tolerance ifNotExists() {
        return in.takes("IF", "NOT", "EXISTS") ? Tolerance.IGNORE : Tolerance.REFUSE;
    }

    private Tolerance ifExists() {
        return in.takes("IF", "EXISTS") ? Tolerance.IGNORE : Tolerance.REFUSE;
    }

    private Optional<String> comment() {
        return in.takes("COMMENT") ? Optional.of(in.string()) : Optional.empty();
    }

    private Map<String, OptionValue> options() {
        in.word("OPTIONS");
        in.symbol("(");
        Map<String, OptionValue> options = new LinkedHashMap<>();
        do {
            String name = in.identifier().toLowerCase(Locale.ROOT);
            OptionValue value = in.takes("SECRET") ? secret() : new OptionValue.Text(in.string());
            if (options.put(name, value) != null) {
                throw new Refused("DUPLICATE_KEY", "23505", "Found duplicate keys `" + name + "` in OPTIONS.");
            }
        } while (in.takesSymbol(","));
        in.symbol(")");
        return options;
    }

    private OptionValue secret() {
        in.symbol("(");
        String scope = in.string();
        in.symbol(",");
        String key = in.string();
        in.symbol(")");
        return new OptionValue.Secret(scope, key);
    }

    /** Privileges up to and including ON. */
    private List<String> privileges() {
        List<String> privileges = new ArrayList<>();
        StringBuilder privilege = new StringBuilder();
        while (true) {
            boolean on = in.takes("ON");
            if (on || in.takesSymbol(",")) {
                String name = privilege.toString().strip().toUpperCase(Locale.ROOT);
                if (!PRIVILEGES.contains(name)) {
                    throw Refused.syntax("Syntax error: '" + name + "' is no privilege known here; known are "
                            + String.join(", ", PRIVILEGES.stream().sorted().toList()) + ".");
                }
                privileges.add(name);
                privilege.setLength(0);
                if (on) {
                    return privileges;
                }
            } else {
                privilege.append(' ').append(in.identifier());
            }
        }
    }

    private Securable securable() {
        for (String type : SECURABLES) {
            if (in.takes(type)) {
                return new Securable(type, String.join(".", in.name(3)).toLowerCase(Locale.ROOT));
            }
        }
        return new Securable("TABLE", String.join(".", in.name(3)).toLowerCase(Locale.ROOT));
    }
}
