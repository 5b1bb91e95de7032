package org.caravan.schedule;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.SqlFailures;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** The JDBC job store of Quartz in PostgreSQL: makes its tables, and gives it connections. Stateless. */
public final class ClusteredStore {
    /** The settings of Quartz that use it, on the class path. */
    public static final String PROPERTIES = "classpath:org/caravan/schedule/quartz-clustered.properties";

    /** The name by which those settings know the connections. */
    public static final String DATA_SOURCE = "caravan-ledger";

    private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
    private static final Pattern CREATES = Pattern.compile("(?is)^CREATE\\s.*");

    /** Any number, but the same on every node; these are the letters of "quartz". */
    private static final long ONE_AT_A_TIME = 0x71_75_61_72_74_7aL;

    private ClusteredStore() {}

    /**
     * Makes Quartz' tables if they are not there, and lets it use a database's connections, which stay the caller's.
     *
     * @throws CaravanException if the database cannot be used
     */
    public static void open(DataSource database) {
        requireNonNull(database, "database");
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            makeTables(connection);
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailures.of(Category.CONFIG, "ledger", "Making the tables of Quartz", e);
        }
        DBConnectionManager.getInstance().addConnectionProvider(DATA_SOURCE, new Provider(database));
    }

    private static void makeTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + ONE_AT_A_TIME + ")");
            try (ResultSet there = statement.executeQuery("SELECT to_regclass('qrtz_triggers') IS NOT NULL")) {
                if (there.next() && there.getBoolean(1)) {
                    return;
                }
            }
            for (String sql : creates()) {
                statement.execute(sql);
            }
        }
    }

    /** The statements of Quartz' own script that make something; its others would delete what is there. */
    private static List<String> creates() {
        try (InputStream script = ConnectionProvider.class.getResourceAsStream(TABLES)) {
            String text = new String(requireNonNull(script, TABLES).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.replaceAll("(?m)^--.*$", "").split(";", -1)).stream()
                    .map(String::strip)
                    .filter(sql -> CREATES.matcher(sql).matches())
                    .toList();
        } catch (IOException e) {
            throw new CaravanException(Category.CONFIG, "The tables of Quartz cannot be made: " + e.getMessage(), e);
        }
    }

    /** Gives Quartz connections of a pool, which it does not close. */
    private record Provider(DataSource database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.getConnection();
        }

        @Override
        public void shutdown() {
            // The pool is its owner's.
        }

        @Override
        public void initialize() {
            // The pool connects when it is asked.
        }
    }
}
