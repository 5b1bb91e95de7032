package org.caravan.sandbox.databricks;

import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/**
 * The statements about connections (sql-ref-syntax-ddl-create-connection, -alter-connection, -drop-connection, -comment,
 * sql-ref-syntax-aux-describe-connection, -show-connections). SERVER is another word for CONNECTION.
 */
final class ConnectionGrammar {
    private ConnectionGrammar() {}

    static Optional<FederationCommand> parse(TokenReader in) {
        if (takes(in, "CREATE")) {
            return Optional.of(create(in));
        }
        if (takes(in, "ALTER")) {
            return Optional.of(alter(in));
        }
        if (takes(in, "DROP")) {
            Tolerance ifMissing = Clauses.ifExists(in);
            return Optional.of(new FederationCommand.DropConnection(in.identifier(), ifMissing));
        }
        if (in.takes("COMMENT", "ON", "CONNECTION") || in.takes("COMMENT", "ON", "SERVER")) {
            String name = in.identifier();
            in.word("IS");
            Optional<String> comment = in.takes("NULL") ? Optional.empty() : Optional.of(in.string());
            return Optional.of(new FederationCommand.CommentOnConnection(name, comment));
        }
        // DESCRIBE connection, without more, describes a table of that name.
        if ((takes(in, "DESCRIBE") || takes(in, "DESC")) && !in.atEnd()) {
            return Optional.of(new FederationCommand.DescribeConnection(in.identifier()));
        }
        if (in.takes("SHOW", "CONNECTIONS") || in.takes("SHOW", "SERVERS")) {
            boolean pattern = in.takes("LIKE") || in.atString();
            return Optional.of(
                    new FederationCommand.ShowConnections(pattern ? Optional.of(in.string()) : Optional.empty()));
        }
        return Optional.empty();
    }

    private static boolean takes(TokenReader in, String verb) {
        return in.takes(verb, "CONNECTION") || in.takes(verb, "SERVER");
    }

    private static FederationCommand create(TokenReader in) {
        Tolerance ifExists = Clauses.ifNotExists(in);
        String name = in.identifier();
        in.word("TYPE");
        String type = in.identifier();
        Map<String, OptionValue> options = Clauses.options(in);
        return new FederationCommand.CreateConnection(name, ifExists, type, options, Clauses.comment(in));
    }

    private static FederationCommand alter(TokenReader in) {
        String name = in.identifier();
        if (in.takes("RENAME", "TO")) {
            return new FederationCommand.RenameConnection(name, in.identifier());
        }
        if (in.takes("SET", "OWNER", "TO") || in.takes("OWNER", "TO")) {
            return new FederationCommand.SetOwner(Securable.connection(name), in.identifier());
        }
        return new FederationCommand.AlterConnectionOptions(name, Clauses.options(in));
    }
}
