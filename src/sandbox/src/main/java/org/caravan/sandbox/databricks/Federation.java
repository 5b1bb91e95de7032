package org.caravan.sandbox.databricks;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue;
import org.caravan.sandbox.databricks.FederationCommand.Securable;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;

/**
 * The connections, foreign catalogs and grants of the workspace, in memory, shared by all sessions. Names ignore case, as in
 * Unity Catalog. Thread-safe.
 */
final class Federation {
    /** A connection; {@code options} hold the password, so this is never printed. */
    record Connection(String name, ConnectionType type, Map<String, String> options, Optional<String> comment) {}

    /** A foreign catalog and what it knows of its database. */
    record Catalog(String name, Connection connection, ForeignMetadata metadata) {}

    record GrantedPrivilege(String principal, String privilege, Securable on) {}

    private final Secrets secrets;
    private final Map<String, Connection> connections = new TreeMap<>();
    private final Map<String, Catalog> catalogs = new TreeMap<>();
    private final Set<GrantedPrivilege> grants = new LinkedHashSet<>();

    Federation(Secrets secrets) {
        this.secrets = secrets;
    }

    synchronized void create(FederationCommand.CreateConnection command) {
        ConnectionType type = ConnectionType.named(command.type());
        Map<String, String> options = resolve(command.options());
        type.check(options);
        String key = key(command.name());
        if (connections.containsKey(key)) {
            if (command.ifExists() == Tolerance.IGNORE) {
                return;
            }
            throw new Refused(
                    "CONNECTION_ALREADY_EXISTS",
                    "42710",
                    "Cannot create connection `" + command.name()
                            + "` because it already exists. Choose a different name, drop or"
                            + " replace the existing connection, or add the IF NOT EXISTS clause to tolerate pre-existing"
                            + " connections.");
        }
        connections.put(key, new Connection(key, type, options, command.comment()));
    }

    /** Refused while a catalog uses the connection. */
    synchronized void drop(FederationCommand.DropConnection command) {
        String key = key(command.name());
        if (!connections.containsKey(key)) {
            if (command.ifMissing() == Tolerance.IGNORE) {
                return;
            }
            throw connectionNotFound(command.name());
        }
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
    }

    synchronized void create(FederationCommand.CreateForeignCatalog command) {
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
        Connection connection = connections.get(key(command.connection()));
        if (connection == null) {
            throw connectionNotFound(command.connection());
        }
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
        ForeignDatabase source = new ForeignDatabase(key, connection.type().jdbc(connection.options(), database));
        catalogs.put(key, new Catalog(key, connection, new ForeignMetadata(source)));
    }

    synchronized void drop(FederationCommand.DropCatalog command) {
        if (catalogs.remove(key(command.name())) == null && command.ifMissing() == Tolerance.REFUSE) {
            throw catalogNotFound(command.name());
        }
    }

    synchronized void grant(FederationCommand.Grant command) {
        command.privileges().forEach(name -> grants.add(new GrantedPrivilege(command.principal(), name, command.on())));
    }

    synchronized void revoke(FederationCommand.Revoke command) {
        command.privileges()
                .forEach(name -> grants.remove(new GrantedPrivilege(command.principal(), name, command.on())));
    }

    synchronized List<GrantedPrivilege> grantsOn(Securable securable) {
        return grants.stream().filter(grant -> grant.on().equals(securable)).toList();
    }

    synchronized Collection<Connection> connections() {
        return List.copyOf(connections.values());
    }

    synchronized Set<String> catalogNames() {
        return Set.copyOf(catalogs.keySet());
    }

    synchronized Optional<Catalog> find(String catalog) {
        return Optional.ofNullable(catalogs.get(key(catalog)));
    }

    /** @throws Refused when there is no such foreign catalog */
    Catalog catalog(String name) {
        return find(name).orElseThrow(() -> catalogNotFound(name));
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

    private static Refused connectionNotFound(String name) {
        return new Refused(
                "CONNECTION_NOT_FOUND",
                "42704",
                "Cannot execute this command because the connection name `" + name + "` was not found.");
    }

    private static Refused catalogNotFound(String name) {
        return new Refused("NO_SUCH_CATALOG_EXCEPTION", "42704", "Catalog '" + name + "' was not found.");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
