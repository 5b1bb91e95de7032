package org.caravan.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.FileUtils;

/**
 * An H2 database in a file. It is opened for each transaction and closed after it, so that several processes of a machine share it,
 * nothing of it waits in memory when a process is killed, and the operating system frees it.
 */
public final class EmbeddedFile {
    private static final String PREFIX = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";
    private static final long COMPACT_ABOVE_BYTES = 4 << 20;

    private EmbeddedFile() {}

    /** Whether a JDBC URL means such a file. */
    public static boolean isMeantBy(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** Connections to the database of a URL {@code jdbc:h2:file:…}, which is made if there is none. */
    public static DataSource at(String url, String user, String password) {
        JdbcDataSource database = new JdbcDataSource();
        // FS: the operating system's lock, which a killed process does not leave behind. WRITE_DELAY: a commit is
        // written
        // at once. A hook of H2's own would close the database before the last run has noted its end.
        database.setURL(with(with(with(url, "FILE_LOCK", "FS"), "WRITE_DELAY", "0"), "DB_CLOSE_ON_EXIT", "FALSE"));
        database.setUser(user);
        database.setPassword(password);
        return new OneAtATime(database);
    }

    /**
     * The same for a process that ends soon: the file is not compacted after each transaction, which takes several times as long
     * as the transaction. Such a process compacts it before it ends.
     */
    public static DataSource briefly(String url, String user, String password) {
        return at(with(url, "MAX_COMPACT_TIME", "0"), user, password);
    }

    /**
     * Compacts the file if it has grown. Each transaction leaves some kilobytes.
     *
     * @throws SQLException if it does not open; another process has it, for instance
     */
    public static void compact(String url, String user, String password) throws SQLException {
        String file = url.substring(PREFIX.length()).split(";", 2)[0] + SUFFIX;
        if (FileUtils.exists(file) && FileUtils.size(file) > COMPACT_ABOVE_BYTES) {
            Connection last = at(url, user, password).getConnection();
            last.close();
        }
    }

    private static String with(String url, String option, String value) {
        return url.toUpperCase(Locale.ROOT).contains(";" + option + "=") ? url : url + ";" + option + "=" + value;
    }
}
