package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement of Lakehouse Federation, or of the privileges around it, which Spark itself does not know. */
sealed interface FederationCommand {
    /** What to do when the object to create is there, or the one to drop is not. */
    enum Tolerance {
        REFUSE,
        IGNORE
    }

    /** A value of an option: text, or a reference to a secret. */
    sealed interface OptionValue {
        record Text(String value) implements OptionValue {}

        record Secret(String scope, String key) implements OptionValue {}
    }

    record CreateConnection(
            String name, Tolerance ifExists, String type, Map<String, OptionValue> options, Optional<String> comment)
            implements FederationCommand {}

    record AlterConnectionOptions(String name, Map<String, OptionValue> options) implements FederationCommand {}

    record RenameConnection(String name, String to) implements FederationCommand {}

    record CommentOnConnection(String name, Optional<String> comment) implements FederationCommand {}

    record DropConnection(String name, Tolerance ifMissing) implements FederationCommand {}

    record DescribeConnection(String name) implements FederationCommand {}

    record ShowConnections(Optional<String> pattern) implements FederationCommand {}

    record CreateForeignCatalog(
            String name,
            Tolerance ifExists,
            String connection,
            Map<String, OptionValue> options,
            Optional<String> comment)
            implements FederationCommand {}

    record DropCatalog(String name, Tolerance ifMissing) implements FederationCommand {}

    /** {@code ALTER CONNECTION … OWNER TO} and {@code ALTER CATALOG … OWNER TO}. */
    record SetOwner(Securable of, String principal) implements FederationCommand {}

    record RefreshCatalog(String catalog) implements FederationCommand {}

    record RefreshSchema(String catalog, String schema) implements FederationCommand {}

    record RefreshTable(String catalog, String schema, String table) implements FederationCommand {}

    record Grant(List<Privilege> privileges, Securable on, String principal) implements FederationCommand {}

    record Revoke(List<Privilege> privileges, Securable on, String principal) implements FederationCommand {}

    record ShowGrants(Optional<String> principal, Securable on) implements FederationCommand {}
}
