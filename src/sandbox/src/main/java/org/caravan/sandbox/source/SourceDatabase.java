package org.caravan.sandbox.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.postgres.PostgresServer;

/**
 * The database {@code source} on a PostgreSQL server: TPC-H at a scale, and {@code customer_profile}.
 *
 * <p>What was loaded is kept as the database's comment, written last: a database without it, or with another one, is dropped
 * and loaded anew.
 */
final class SourceDatabase {
    static final String NAME = "source";

    /** Change it with the tables' definitions or rows, so that databases of an earlier version are loaded anew. */
    private static final int LAYOUT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a database holds; kept as its comment. */
    private record Mark(String scale, int layout, Map<String, Long> rows) {}

    private final PostgresServer server;

    SourceDatabase(PostgresServer server) {
        this.server = server;
    }

    /** Makes sure that the data of this scale are there; answers each table's row count. */
    Map<String, Long> provide(Scale scale) throws SQLException, IOException, InterruptedException {
        Optional<Map<String, Long>> loaded = loaded(scale);
        if (loaded.isPresent()) {
            return loaded.get();
        }
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + NAME + " with (force)");
            statement.execute("create database " + NAME);
        }
        Map<String, Long> rows = load(scale);
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            String mark = statement.enquoteLiteral(JSON.writeValueAsString(new Mark(scale.toString(), LAYOUT, rows)));
            statement.execute("comment on database " + NAME + " is " + mark);
        }
        return rows;
    }

    private Map<String, Long> load(Scale scale) throws SQLException, IOException, InterruptedException {
        CustomerProfile profile = new CustomerProfile();
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(profile.types());
        }
        List<SourceTable> tables = new ArrayList<>(new TpchTables(scale.factor().doubleValue()).tables());
        tables.add(profile.table());
        Map<String, Long> rows = new SourceLoader(server, NAME).load(tables);
        try (Connection connection = server.connect(NAME);
                Statement statement = connection.createStatement()) {
            for (String comment : profile.comments()) {
                statement.execute(comment);
            }
        }
        return rows;
    }

    private Optional<Map<String, Long>> loaded(Scale scale) throws SQLException, JsonProcessingException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select shobj_description(oid, 'pg_database') from pg_database"
                        + " where datname = '" + NAME + "'")) {
            if (!found.next() || found.getString(1) == null) {
                return Optional.empty();
            }
            Mark mark = JSON.readValue(found.getString(1), Mark.class);
            return mark.scale().equals(scale.toString()) && mark.layout() == LAYOUT
                    ? Optional.of(mark.rows())
                    : Optional.empty();
        }
    }

    /** Creates the reader's role, or gives it this password: it may log in and read every table, and nothing else. */
    void grant(String user, String password) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            String role = statement.enquoteIdentifier(user, true);
            try (ResultSet found = statement.executeQuery(
                    "select 1 from pg_roles where rolname = " + statement.enquoteLiteral(user))) {
                if (!found.next()) {
                    statement.execute("create role " + role + " login");
                }
            }
            statement.execute("alter role " + role + " login password " + statement.enquoteLiteral(password));
            statement.execute("grant pg_read_all_data to " + role);
        }
    }
}
