package org.caravan.schedule;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.PrivatePostgres;
import org.caravan.ledger.Ledger;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL that nodes share, for the ledger and for Quartz; and a Camel that uses it. Closed by its owner. */
final class ScheduleDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    ScheduleDatabase(Path directory) throws IOException {
        server = PrivatePostgres.in(directory).start();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    static PGSimpleDataSource at(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }

    /** A Camel with the shipped settings of a clustered Quartz, but quicker to see that a node is gone. */
    static DefaultCamelContext node(String url, Ledger ledger) throws IOException {
        ClusteredStore.open(at(url));
        Properties settings = new Properties();
        settings.load(ClusteredStore.class.getResourceAsStream("quartz-clustered.properties"));
        settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", "500");
        DefaultCamelContext context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("caravan");
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(new HashMap<>(settings));
        context.addComponent("quartz", quartz);
        context.getRegistry().bind("ledger", ledger);
        return context;
    }

    /** The rows of a query, each as the texts of its columns. */
    List<List<String>> rows(String sql) throws SQLException {
        try (Connection connection = at(url()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(found.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
