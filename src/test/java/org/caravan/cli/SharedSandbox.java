package org.caravan.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/**
 * One sandbox for all end-to-end tests of a test process; it ends with the process. And the command line, called in this process.
 */
public final class SharedSandbox {
    private static final Path DIRECTORY = Path.of(System.getProperty("caravan.it.sandbox", "target/it-sandbox"))
            .toAbsolutePath();
    private static Sandbox sandbox;

    private SharedSandbox() {}

    /** What a call of the command line gave. */
    record Call(int exitCode, String out, String err) {}

    static synchronized Path config() {
        if (sandbox == null) {
            sandbox = Sandbox.owned(DIRECTORY, "0.01");
        }
        return sandbox.config();
    }

    public static Properties settings() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config())) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    /** A settings file that differs from the sandbox's own; an empty value leaves a setting out. */
    static Path configWith(Map<String, String> changes) throws IOException {
        Properties properties = settings();
        changes.forEach((key, value) -> {
            if (value.isEmpty()) {
                properties.remove(key);
            } else {
                properties.setProperty(key, value);
            }
        });
        Path file = Files.createTempFile(Files.createDirectories(DIRECTORY), "settings", ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    static Call call(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new Caravan())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Call(exitCode, out.toString(), err.toString());
    }

    /** The files of a bucket, as the S3 stand-in keeps them. */
    static Path bucket() {
        return DIRECTORY.resolve("s3/objects").resolve(settings().getProperty("staging.bucket"));
    }

    public static Connection source() throws SQLException {
        return connect("source");
    }

    public static Connection redshift() throws SQLException {
        return connect("redshift");
    }

    static Connection databricks() throws SQLException {
        Properties settings = settings();
        return DriverManager.getConnection(
                settings.getProperty("databricks.url"), "token", settings.getProperty("databricks.token"));
    }

    private static Connection connect(String name) throws SQLException {
        Properties settings = settings();
        return DriverManager.getConnection(
                settings.getProperty(name + ".url"),
                settings.getProperty(name + ".user"),
                settings.getProperty(name + ".password"));
    }

    /** All values of all rows, as text. */
    public static List<List<String>> query(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
