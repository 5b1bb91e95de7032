package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/**
 * The statements about foreign catalogs (sql-ref-syntax-ddl-create-catalog, -alter-catalog, -drop-catalog, -refresh-foreign).
 */
final class CatalogGrammar {
    private CatalogGrammar() {}

    static Optional<FederationCommand> parse(TokenReader in) {
        if (in.takes("CREATE", "FOREIGN", "CATALOG")) {
            return Optional.of(create(in));
        }
        if (in.takes("DROP", "CATALOG")) {
            Tolerance ifMissing = Clauses.ifExists(in);
            FederationCommand drop = new FederationCommand.DropCatalog(in.identifier(), ifMissing);
            // A foreign catalog holds nothing of its own, so both words do the same.
            if (!in.takes("CASCADE")) {
                in.takes("RESTRICT");
            }
            return Optional.of(drop);
        }
        if (in.takes("ALTER", "CATALOG")) {
            String name = in.identifier();
            if (!in.takes("SET", "OWNER", "TO") && !in.takes("OWNER", "TO")) {
                throw in.unexpected("[SET] OWNER TO");
            }
            return Optional.of(new FederationCommand.SetOwner(Securable.catalog(name), in.identifier()));
        }
        if (in.takes("REFRESH", "FOREIGN")) {
            return Optional.of(refresh(in));
        }
        return Optional.empty();
    }

    private static FederationCommand create(TokenReader in) {
        Tolerance ifExists = Clauses.ifNotExists(in);
        String name = in.identifier();
        in.word("USING");
        in.word("CONNECTION");
        String connection = in.identifier();
        Optional<String> comment = Clauses.comment(in);
        return new FederationCommand.CreateForeignCatalog(name, ifExists, connection, Clauses.options(in), comment);
    }

    private static FederationCommand refresh(TokenReader in) {
        if (in.takes("CATALOG")) {
            return new FederationCommand.RefreshCatalog(in.identifier());
        }
        if (in.takes("SCHEMA")) {
            List<String> name = fullName(in, 2);
            return new FederationCommand.RefreshSchema(name.get(0), name.get(1));
        }
        if (in.takes("TABLE")) {
            List<String> name = fullName(in, 3);
            return new FederationCommand.RefreshTable(name.get(0), name.get(1), name.get(2));
        }
        throw in.unexpected("CATALOG, SCHEMA or TABLE");
    }

    private static List<String> fullName(TokenReader in, int parts) {
        List<String> name = in.name(parts);
        if (name.size() < parts) {
            throw Refused.syntax("Syntax error: REFRESH FOREIGN needs the whole name of " + parts + " parts, found "
                    + String.join(".", name) + ".");
        }
        return name;
    }
}
