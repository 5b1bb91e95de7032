package org.caravan.sandbox.redshift;

import com.amazon.redshift.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.caravan.sandbox.control.Faults;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One stand-in of Redshift and its S3 for all test classes of the JVM that are registered with it; started by the first, stopped
 * when all tests are done. Tests keep apart by schemas and key prefixes of their own.
 */
final class SharedRedshift implements BeforeAllCallback, AutoCloseable {
    /** A role that the cluster was told of. */
    static final String ROLE = "arn:aws:iam::123456789012:role/caravan-copy";

    /** A role of the cluster that may use the bucket "elsewhere" only. */
    static final String ROLE_ELSEWHERE = "arn:aws:iam::123456789012:role/caravan-elsewhere";

    static final String USER = "awsuser";
    static final String PASSWORD = "Secret99";
    private static SharedRedshift running;

    private LocalS3 s3;
    private RedshiftStandIn redshift;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(SharedRedshift.class, key -> {
                    running = start();
                    return running;
                });
    }

    private static SharedRedshift start() {
        SharedRedshift started = new SharedRedshift();
        try {
            Path target = Path.of(System.getProperty("java.io.tmpdir"));
            Path directory = Files.createTempDirectory(target, "shared-redshift-");
            started.s3 = new LocalS3(directory.resolve("s3"));
            started.redshift = RedshiftStandIn.start(new RedshiftStandIn.Options(
                    directory.resolve("redshift"),
                    target.resolve("postgres-binaries"),
                    0,
                    "dev",
                    USER,
                    PASSWORD,
                    started.s3.endpoint(),
                    "us-east-1",
                    LocalS3.ACCESS_KEY,
                    LocalS3.SECRET_KEY,
                    List.of(ROLE, ROLE_ELSEWHERE + "=elsewhere")));
            return started;
        } catch (Exception e) {
            throw new IllegalStateException("the shared stand-in did not start", e);
        }
    }

    static LocalS3 s3() {
        return running.s3;
    }

    static Faults faults() {
        return running.redshift.faults();
    }

    static int port() {
        return running.redshift.port();
    }

    /** The certificate of the authority that signed the stand-in's own. */
    static Path caFile() {
        return running.redshift.caFile();
    }

    /**
     * A new session of the cluster's first user; the caller closes it. The driver is asked, and not DriverManager: where Spark
     * ran in this JVM before, it has registered a wrapper of the same driver, which DriverManager tries after the driver itself
     * was refused, and a fault that is ordered for two connections would strike the first twice.
     */
    static Connection connect() throws SQLException {
        return new Driver().connect("jdbc:redshift://127.0.0.1:" + port() + "/dev", properties());
    }

    /** How the first user logs in. */
    static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("ssl", "false");
        return properties;
    }

    /** Called by JUnit when the last test class is done. */
    @Override
    public void close() throws Exception {
        if (redshift != null) {
            redshift.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }
}
