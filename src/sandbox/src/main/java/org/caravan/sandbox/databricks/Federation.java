package org.caravan.sandbox.databricks;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/**
 * The connections and foreign catalogs of the workspace, in memory, shared by all sessions, with the privileges on them. Names
 * ignore case, as in Unity Catalog. Thread-safe.
 */
final class Federation {
    /** A connection; {@code options} hold the password, so this is never printed. */
    record Connection(
            String name,
            ConnectionType type,
            Map<String, String> options,
            Optional<String> comment,
            String createdBy,
            Instant createdAt) {
        Connection named(String other) {
            return new Connection(other, type, options, comment, createdBy, createdAt);
        }

        Connection with(Map<String, String> others) {
            return new Connection(name, type, others, comment, createdBy, createdAt);
        }

        Connection commented(Optional<String> other) {
            return new Connection(name, type, options, other, createdBy, createdAt);
        }
    }

    /** A foreign catalog and what it knows of its database. */
    record Catalog(String name, Connection connection, String database, ForeignMetadata metadata) {
        static Catalog of(String name, Connection connection, String database) {
            ForeignDatabase source = new ForeignDatabase(
                    name, connection.type(), connection.type().jdbc(connection.options(), database));
            return new Catalog(name, connection, database, new ForeignMetadata(source));
        }
    }

    private final Secrets secrets;
    private final Identities identities;
    private final Clock clock;
    private final Grants grants = new Grants();
    private final Map<String, Connection> connections = new TreeMap<>();
    private final Map<String, Catalog> catalogs = new TreeMap<>();
    private volatile boolean hidesColumns;

    Federation(Secrets secrets, Identities identities, Clock clock) {
        this.secrets = secrets;
        this.identities = identities;
        this.clock = clock;
    }

    Grants grants() {
        return grants;
    }

    Access access(Principal principal) {
        return new Access(grants, principal);
    }

    /**
     * Whether Unity Catalog has no metadata of the columns of foreign tables: lists of columns are empty, while DESCRIBE and queries
     * work (as seen by users: github.com/spiceai/spiceai, pull request 10229).
     */
    boolean hidesColumns() {
        return hidesColumns;
    }

    void hideColumns(boolean hide) {
        hidesColumns = hide;
    }

    synchronized void create(FederationCommand.CreateConnection command, Access access) {
        access.need(Privilege.CREATE_CONNECTION, Securable.METASTORE);
        ConnectionType type = ConnectionType.named(command.type());
        Map<String, String> options = resolve(command.options());
        type.check(options);
        String key = key(command.name());
        if (connections.containsKey(key)) {
            if (command.ifExists() == Tolerance.IGNORE) {
                return;
            }
            throw connectionExists(command.name());
        }
        String creator = access.principal().name();
        connections.put(key, new Connection(key, type, options, command.comment(), creator, clock.instant()));
        grants.own(Securable.connection(key), creator);
    }

    /** Catalogs of the connection use the new options from now on, with their metadata read anew. */
    synchronized void alter(FederationCommand.AlterConnectionOptions command, Access access) {
        Connection connection = managed(command.name(), access);
        Map<String, String> options = resolve(command.options());
        connection.type().check(options);
        replace(connection, connection.with(options));
    }

    synchronized void rename(FederationCommand.RenameConnection command, Access access) {
        Connection connection = managed(command.name(), access);
        String to = key(command.to());
        if (connections.containsKey(to)) {
            throw connectionExists(command.to());
        }
        grants.rename(Securable.connection(connection.name()), Securable.connection(to));
        replace(connection, connection.named(to));
    }

    synchronized void comment(FederationCommand.CommentOnConnection command, Access access) {
        Connection connection = managed(command.name(), access);
        connections.put(connection.name(), connection.commented(command.comment()));
    }

    /** Refused while a catalog uses the connection. */
    synchronized void drop(FederationCommand.DropConnection command, Access access) {
        String key = key(command.name());
        if (!connections.containsKey(key) && command.ifMissing() == Tolerance.IGNORE) {
            return;
        }
        managed(command.name(), access);
        List<String> users = catalogs.values().stream()
                .filter(catalog -> catalog.connection().name().equals(key))
                .map(Catalog::name)
                .toList();
        if (!users.isEmpty()) {
            throw new Refused(
                    "CONNECTION_IN_USE",
                    "2BP01",
                    "Cannot drop connection `" + key + "`: foreign catalogs use it: " + String.join(", ", users)
                            + ". Drop them first.");
        }
        connections.remove(key);
        grants.forget(Securable.connection(key));
    }

    synchronized void create(FederationCommand.CreateForeignCatalog command, Access access) {
        access.need(Privilege.CREATE_CATALOG, Securable.METASTORE);
        String key = key(command.name());
        if (catalogs.containsKey(key) || key.equals(SparkEngine.SESSION_CATALOG)) {
            if (command.ifExists() == Tolerance.IGNORE) {
                return;
            }
            throw new Refused(
                    "CATALOG_ALREADY_EXISTS",
                    "42710",
                    "Cannot create catalog `" + command.name()
                            + "` because it already exists. Choose a different name, drop the"
                            + " existing catalog, or add the IF NOT EXISTS clause.");
        }
        Connection connection = connection(command.connection());
        access.need(Privilege.CREATE_FOREIGN_CATALOG, Securable.connection(connection.name()));
        Map<String, String> options = resolve(command.options());
        String database = options.get("database");
        if (database == null || database.isBlank() || options.size() != 1) {
            throw new Refused(
                    "FOREIGN_CATALOG_OPTIONS",
                    "42000",
                    "A foreign catalog of connection type '" + connection.type()
                            + "' takes exactly the option database, found: " + String.join(", ", options.keySet())
                            + ".");
        }
        catalogs.put(key, Catalog.of(key, connection, database));
        grants.own(Securable.catalog(key), access.principal().name());
    }

    synchronized void drop(FederationCommand.DropCatalog command, Access access) {
        String key = key(command.name());
        if (!catalogs.containsKey(key)) {
            if (command.ifMissing() == Tolerance.IGNORE) {
                return;
            }
            throw catalogNotFound(command.name());
        }
        access.needManaged(Securable.catalog(key));
        catalogs.remove(key);
        grants.forget(Securable.catalog(key));
    }

    synchronized void setOwner(FederationCommand.SetOwner command, Access access) {
        checkExists(command.of());
        access.needManaged(command.of());
        checkPrincipal(command.principal());
        grants.own(command.of(), command.principal());
    }

    /** @throws Refused when there is nobody of this name */
    void checkPrincipal(String name) {
        if (!identities.knows(name)) {
            throw new Refused("PRINCIPAL_DOES_NOT_EXIST", "42704", "Could not find principal with name " + name + ".");
        }
    }

    /** @throws Refused when there is no such connection, catalog, schema or table */
    void checkExists(Securable object) {
        List<String> name = object.name();
        switch (object.kind()) {
            case METASTORE -> {}
            case CONNECTION -> connection(name.get(0));
            case CATALOG -> catalog(name.get(0));
            case SCHEMA -> {
                if (catalog(name.get(0)).metadata().schemas().stream().noneMatch(name.get(1)::equalsIgnoreCase)) {
                    throw Refused.schemaNotFound(name.get(0), name.get(1));
                }
            }
            case TABLE -> {
                if (catalog(name.get(0)).metadata().tables(name.get(1)).orElse(List.of()).stream()
                        .noneMatch(name.get(2)::equalsIgnoreCase)) {
                    throw Refused.tableNotFound(name.get(0), name.get(1), name.get(2));
                }
            }
        }
    }

    synchronized Collection<Connection> connections() {
        return List.copyOf(connections.values());
    }

    synchronized Set<String> catalogNames() {
        return Set.copyOf(catalogs.keySet());
    }

    /** @throws Refused when there is no such connection */
    synchronized Connection connection(String name) {
        return Optional.ofNullable(connections.get(key(name)))
                .orElseThrow(() -> new Refused(
                        "CONNECTION_NOT_FOUND",
                        "42704",
                        "Cannot execute this command because the connection name `" + name + "` was not found."));
    }

    /** @throws Refused when there is no such foreign catalog */
    synchronized Catalog catalog(String name) {
        return Optional.ofNullable(catalogs.get(key(name))).orElseThrow(() -> catalogNotFound(name));
    }

    private Connection managed(String name, Access access) {
        Connection connection = connection(name);
        access.needManaged(Securable.connection(connection.name()));
        return connection;
    }

    private void replace(Connection before, Connection after) {
        connections.remove(before.name());
        connections.put(after.name(), after);
        catalogs.replaceAll((name, catalog) -> catalog.connection().name().equals(before.name())
                ? Catalog.of(name, after, catalog.database())
                : catalog);
    }

    private Map<String, String> resolve(Map<String, OptionValue> options) {
        Map<String, String> resolved = new TreeMap<>();
        options.forEach((name, value) -> resolved.put(
                name,
                value instanceof OptionValue.Secret secret
                        ? secrets.get(secret.scope(), secret.key())
                        : ((OptionValue.Text) value).value()));
        return resolved;
    }

    private static Refused connectionExists(String name) {
        return new Refused(
                "CONNECTION_ALREADY_EXISTS",
                "42710",
                "Cannot create connection `" + name + "` because it already exists. Choose a different name, drop or"
                        + " replace the existing connection, or add the IF NOT EXISTS clause to tolerate pre-existing"
                        + " connections.");
    }

    private static Refused catalogNotFound(String name) {
        return new Refused("NO_SUCH_CATALOG_EXCEPTION", "42704", "Catalog '" + name + "' was not found.");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
