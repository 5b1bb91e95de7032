package org.caravan.sandbox.redshift;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A stand-in with an S3 of its own below a directory, for tests through the real driver. */
final class TestCluster implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::123456789012:role/caravan-copy";

    private final LocalS3 s3;
    private final RedshiftStandIn redshift;

    TestCluster(Path directory, Flavour flavour) throws Exception {
        s3 = new LocalS3(directory.resolve("s3"));
        redshift = RedshiftStandIn.start(new RedshiftStandIn.Options(
                directory.resolve("redshift"),
                Path.of(System.getProperty("java.io.tmpdir"), "postgres-binaries"),
                0,
                "dev",
                "awsuser",
                "Secret99",
                s3.endpoint(),
                "us-east-1",
                LocalS3.ACCESS_KEY,
                LocalS3.SECRET_KEY,
                List.of(ROLE),
                flavour));
    }

    LocalS3 s3() {
        return s3;
    }

    int rememberedTransactions() {
        return redshift.rememberedTransactions();
    }

    int port() {
        return redshift.port();
    }

    Connection connect() throws SQLException {
        return connect("dev", "awsuser", "Secret99");
    }

    Connection connect(String database, String user, String password) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", user);
        all.setProperty("password", password);
        all.setProperty("ssl", "false");
        return DriverManager.getConnection("jdbc:redshift://127.0.0.1:" + redshift.port() + "/" + database, all);
    }

    /** Every row's values joined by {@code |}. */
    static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @Override
    public void close() throws Exception {
        redshift.close();
        s3.close();
    }
}
