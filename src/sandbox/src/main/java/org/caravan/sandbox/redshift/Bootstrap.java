package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.caravan.sandbox.postgres.PostgresServer;
import org.caravan.sandbox.redshift.statement.DocumentedFunction;
import org.caravan.sandbox.redshift.statement.Settings;
import org.caravan.sandbox.redshift.syntax.Token;

/** Makes a PostgreSQL look like Redshift from the inside: once for each data directory, in template1, which new databases copy. */
final class Bootstrap {
    /** In the order in which one needs another; those before {@code allowed} see all of PostgreSQL. */
    private static final List<String> SCRIPTS = List.of(
            "tables", "loads", "unloads", "storage", "catalog", "locks", "tools", "show", "allowed", "text", "numbers",
            "super", "dates", "hidden");

    private Bootstrap() {}

    /**
     * @param stamp the file that tells which scripts made the data
     * @throws IllegalStateException if they are not these scripts
     */
    static void run(
            PostgresServer postgres, Path stamp, String database, String user, String password, String isolation)
            throws IOException, SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            boolean fresh = !exists(statement, "select 1 from pg_database where datname = " + literal(database));
            if (!fresh) {
                checkVersion(stamp);
            }
            String role = Token.quote(user);
            if (!exists(statement, "select 1 from pg_roles where rolname = " + literal(user))) {
                statement.execute("create role " + role + " login createdb createrole");
            }
            statement.execute("alter role " + role + " password " + literal(password));
            if (fresh) {
                template(postgres);
                for (String setting : Settings.REDSHIFT_ONLY) {
                    statement.execute("alter role all set redshift." + setting + " = ''");
                }
                // Transactions work on a snapshot; SERIALIZABLE is checked by the facade, table by table.
                statement.execute("alter role all set redshift.db_isolation = '" + isolation + "'");
                statement.execute("grant pg_signal_backend to " + role);
                statement.execute("grant set on parameter redshift.db_isolation to " + role);
                // LOCK TABLE, for users who may only insert.
                statement.execute("grant pg_maintain to " + role + " with admin option");
                statement.execute("alter role all set default_transaction_isolation = 'repeatable read'");
                statement.execute("revoke connect on database postgres, template1 from public");
                statement.execute("create database " + Token.quote(database) + " owner " + role);
                Files.createDirectories(stamp.getParent());
                Files.writeString(stamp, version());
            }
        }
    }

    private static void checkVersion(Path stamp) throws IOException {
        String made = Files.exists(stamp) ? Files.readString(stamp) : "none";
        String current = version();
        if (!made.equals(current)) {
            throw new IllegalStateException("the data in " + stamp.getParent().getParent()
                    + " were made by another version of the stand-in (" + made + ", this is " + current
                    + "); start with --fresh, which deletes them");
        }
    }

    /** Of all scripts and functions; the first half of their SHA-256. */
    private static String version() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String script : SCRIPTS) {
                digest.update(script(script).getBytes(StandardCharsets.UTF_8));
            }
            digest.update(DocumentedFunction.ALL.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void template(PostgresServer postgres) throws IOException, SQLException {
        try (Connection connection = postgres.connect("template1");
                Statement statement = connection.createStatement()) {
            // Objects in pg_catalog are found whatever the search path is.
            statement.execute("set allow_system_table_mods = on");
            statement.execute("set standard_conforming_strings = on");
            statement.execute("set event_triggers = off");
            documentedFunctions(connection);
            for (String script : SCRIPTS) {
                statement.execute(script(script));
            }
        }
    }

    private static void documentedFunctions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create temp table documented (name text primary key, postgres text)");
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into documented values (?, ?)")) {
            for (DocumentedFunction function : DocumentedFunction.ALL.values()) {
                insert.setString(1, function.name());
                insert.setString(2, function.postgres());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream resource = Bootstrap.class.getResourceAsStream("bootstrap/" + name + ".sql")) {
            if (resource == null) {
                throw new IllegalStateException("bootstrap/" + name + ".sql is not on the class path");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String literal(String value) {
        return Token.literal(value);
    }
}
