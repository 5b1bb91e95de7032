package org.caravan.sandbox.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Makes the schema of the product's staging tables beforehand, as its owner, so that Databricks can grant on it. */
final class RedshiftSetup {
    private final String url;
    private final Properties login = new Properties();

    RedshiftSetup(int port, Credentials credentials) {
        url = "jdbc:redshift://127.0.0.1:" + port + "/" + StandInSpecs.REDSHIFT_DATABASE + ";ssl=false";
        login.setProperty("user", credentials.redshiftUser());
        login.setProperty("password", credentials.redshiftPassword());
    }

    void createStagingSchema() {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + StandInSpecs.STAGING_SCHEMA);
        } catch (SQLException e) {
            throw new SandboxFailure("redshift did not create the staging schema: " + e.getMessage(), e);
        }
    }
}
