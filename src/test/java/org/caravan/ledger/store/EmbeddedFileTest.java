package org.caravan.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.caravan.OtherJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFileTest {
    @TempDir
    private Path directory;

    @Test
    void compactsTheFileOfABriefProcessOnceItHasGrown() throws Exception {
        fill(60);
        long grown = Files.size(file());
        assertThat(grown).isGreaterThan(4 << 20);

        EmbeddedFile.compact(url(), "sa", "");

        assertThat(Files.size(file())).isLessThan(grown / 2);
        assertThat(last()).isEqualTo(59);
    }

    @Test
    void leavesASmallFileAlone() throws Exception {
        fill(3);
        long size = Files.size(file());

        EmbeddedFile.compact(url(), "sa", "");

        assertThat(Files.size(file())).isEqualTo(size);
        assertThat(last()).isEqualTo(2);
    }

    @Test
    void makesNoFileToCompact() throws Exception {
        EmbeddedFile.compact(url(), "sa", "");

        assertThat(file()).doesNotExist();
    }

    /** H2 itself then opens a file twice in one process, and two processes write into it at once. */
    @Test
    void isWholeHoweverManyThreadsOfHoweverManyProcessesUseIt() throws Exception {
        DataSource database = EmbeddedFile.briefly(url(), "sa", "");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE written (number INT)");
        }
        try (OtherJvm other = new OtherJvm(FileUser.class, url())) {
            assertThat(other.says()).contains("here");
            FileUser.write(url());

            assertThat(other.says()).contains("done");
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM written")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2 * FileUser.ROWS);
        }
    }

    /** Writes one row again and again, with text that does not compress to nothing. */
    private void fill(int transactions) throws SQLException {
        DataSource database = EmbeddedFile.briefly(url(), "sa", "");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (number INT, body VARCHAR)");
            statement.execute("INSERT INTO kept VALUES (-1, '')");
        }
        for (int i = 0; i < transactions; i++) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE kept SET number = " + i + ", body = RAWTOHEX(SECURE_RAND(50000))");
            }
        }
    }

    private int last() throws SQLException {
        try (Connection connection = EmbeddedFile.briefly(url(), "sa", "").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT number FROM kept")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("a folder/ledger");
    }

    private Path file() {
        return directory.resolve("a folder/ledger.mv.db");
    }
}
