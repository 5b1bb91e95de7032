package org.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.redshift.util.RedshiftException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real driver sees of each fault, and what is true in the database afterwards. */
@ExtendWith(SharedRedshift.class)
class RedshiftFaultsTest {
    /** The driver's own for a connection that ended: com.amazon.redshift.util.RedshiftState.CONNECTION_FAILURE. */
    private static final String CONNECTION_FAILURE = "08006";

    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void makeTable() throws SQLException {
        connection = SharedRedshift.connect();
        execute("create table if not exists faulty (n int)");
        execute("delete from faulty");
    }

    @AfterEach
    void drop() throws SQLException {
        SharedRedshift.faults().clear();
        connection.close();
    }

    @Test
    void dropsTheConnectionBeforeAStatementReachesTheServer() throws Exception {
        order("{'fault':'drop-before','statement':'insert into faulty'}");

        assertThat(rows()).isZero();
        assertConnectionEndsAt(() -> execute("insert into faulty values (1)"));

        assertThat(rows()).isZero();
        assertOrder().containsEntry("struck", 1).containsEntry("left", 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void undoesWhatRanWhenTheConnectionWasDropped(boolean autoCommit) throws Exception {
        order("{'fault':'drop-during','statement':'insert into faulty'}");
        connection.setAutoCommit(autoCommit);

        assertConnectionEndsAt(() -> execute("insert into faulty values (1)"));

        assertThat(rows()).isZero();
        assertTableIsFree();
    }

    @Test
    void undoesACopyThatRanWhenTheConnectionWasDropped() throws Exception {
        String file = putRows("drop-during");
        order("{'fault':'drop-during','statement':'^copy','millis':1}");

        assertConnectionEndsAt(() -> execute(copy(file)));

        assertThat(rows()).isZero();
        assertTableIsFree();
    }

    @Test
    void keepsWhatAStatementDidAloneWhenItsAnswerIsLost() throws Exception {
        order("{'fault':'drop-after','statement':'insert into faulty'}");

        assertConnectionEndsAt(() -> execute("insert into faulty values (1), (2)"));

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void keepsWhatACopyLoadedWhenItsAnswerIsLost() throws Exception {
        String file = putRows("drop-after");
        order("{'fault':'drop-after','statement':'^copy'}");

        assertConnectionEndsAt(() -> execute(copy(file)));

        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void undoesAStatementWhoseAnswerIsLostWithinATransaction() throws Exception {
        order("{'fault':'drop-after','statement':'insert into faulty'}");
        connection.setAutoCommit(false);

        assertConnectionEndsAt(() -> execute("insert into faulty values (1)"));

        assertThat(rows()).isZero();
        assertTableIsFree();
    }

    @Test
    void undoesATransactionWhoseCommitDoesNotReachTheServer() throws Exception {
        order("{'fault':'drop-before-commit'}");
        connection.setAutoCommit(false);
        execute("insert into faulty values (1)");

        assertConnectionEndsAt(connection::commit);

        assertThat(rows()).isZero();
        assertTableIsFree();
    }

    @Test
    void keepsATransactionWhoseCommitHasNoAnswer() throws Exception {
        order("{'fault':'drop-after-commit'}");
        connection.setAutoCommit(false);
        execute("insert into faulty values (1)");

        assertConnectionEndsAt(connection::commit);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void strikesOnlyAsOftenAsItWasOrdered() throws Exception {
        order("{'fault':'error','state':'XX000','message':'out of luck','statement':'INTO FAULTY','skip':1,'count':2}");

        execute("insert into faulty values (1)");
        assertFailsWith("XX000", "out of luck", "insert into faulty values (2)");
        assertFailsWith("XX000", "out of luck", "insert into faulty values (3)");
        execute("insert into faulty values (4)");

        assertThat(rows()).isEqualTo(2);
        assertOrder().containsEntry("struck", 2).containsEntry("left", 0);
    }

    @Test
    void failsTheTransactionWithAnOrderedError() throws Exception {
        order(
                "{'fault':'error','state':'57014','message':'Query (1) cancelled by WLM abort action of Query Monitoring Rule \\\"q\\\".',"
                        + "'detail':'as ordered','statement':'^select 17'}");
        connection.setAutoCommit(false);
        execute("insert into faulty values (1)");

        assertThatThrownBy(() -> execute("select 17")).isInstanceOfSatisfying(RedshiftException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("57014");
            assertThat(e.getServerErrorMessage().getDetail()).isEqualTo("as ordered");
        });

        assertFailsWith("25P02", "current transaction is aborted", "insert into faulty values (2)");
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(rows()).isZero();
    }

    @Test
    void saysThatTheDisksAreFull() throws Exception {
        String file = putRows("disk-full");
        order("{'fault':'disk-full','statement':'^copy'}");

        assertThatThrownBy(() -> execute(copy(file))).isInstanceOfSatisfying(RedshiftException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("XX000");
            assertThat(e.getServerErrorMessage().getMessage()).isEqualTo("Disk Full");
            assertThat(e.getServerErrorMessage().getDetail())
                    .contains("error:  Disk Full", "code:      1016", "fdisk_api.cpp");
        });
        assertThat(rows()).isZero();

        execute(copy(file));
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void answersSlowly() throws Exception {
        order("{'fault':'slow','statement':'insert into faulty','millis':400}");
        Instant begun = Instant.now();

        execute("insert into faulty values (1)");

        assertThat(Duration.between(begun, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void letsASlowStatementBeCancelled() throws Exception {
        order("{'fault':'slow','statement':'insert into faulty','millis':60000}");
        Instant begun = Instant.now();

        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("insert into faulty values (1)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(rows()).isZero();
    }

    @Test
    void refusesNewConnectionsOfAClusterInMaintenance() throws Exception {
        order("{'fault':'maintenance','count':2}");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(SharedRedshift::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P03"))
                    .hasMessageContaining("the database system is starting up");
        }

        SharedRedshift.connect().close();
        execute("insert into faulty values (1)");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void failsACopyWhoseTokenHasExpired() throws Exception {
        String file = putRows("expired");
        order("{'fault':'copy-token-expired','key':'faults/expired/'}");

        assertFailsWith(
                "XX000",
                "S3ServiceException:The provided token has expired.,Status 400,Error ExpiredToken",
                copy(file));

        assertThat(rows()).isZero();
        execute(copy(file));
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void failsACopyAtTheReadOfItsSecondFile() throws Exception {
        SharedRedshift.s3().put("faults/second/1.csv", "1\n");
        SharedRedshift.s3().put("faults/second/2.csv", "2\n");
        String csv = "copy faulty from 's3://" + LocalS3.BUCKET + "/faults/second/' iam_role '" + SharedRedshift.ROLE
                + "' csv";
        order("{'fault':'copy-read-error','key':'faults/second/','skip':1}");

        assertFailsWith("XX000", "Status 500,Error InternalError", csv);

        assertThat(rows()).isZero();
        assertOrder().containsEntry("struck", 1);
        execute(csv);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void failsACopyOfAFileThatEndsTooEarly() throws Exception {
        String parquet = putRows("cut");
        SharedRedshift.s3().put("faults/cut-text/1.csv", "1\n2\n3\n");
        String csv = "copy faulty from 's3://" + LocalS3.BUCKET + "/faults/cut-text/' iam_role '" + SharedRedshift.ROLE
                + "' csv";
        order("{'fault':'copy-read-truncated','key':'faults/cut/'}");
        order("{'fault':'copy-read-truncated','key':'faults/cut-text/','bytes':2}");

        assertFailsWith("XX000", "S3CurlException: transfer closed with 4 bytes remaining to read, CurlError 18", csv);
        assertFailsWith("XX000", "CurlError 18", copy(parquet));

        assertThat(rows()).isZero();
        execute(csv);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void preparedStatementsAreStruckToo() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("insert into faulty values (?)")) {
            insert.setInt(1, 1);
            insert.execute();
            order("{'fault':'drop-before','statement':'insert into faulty'}");
            insert.setInt(1, 2);

            assertConnectionEndsAt(insert::execute);
        }

        assertThat(rows()).isEqualTo(1);
    }

    private String putRows(String name) throws IOException {
        Path file = ParquetFiles.write(
                directory.resolve(name),
                ParquetFiles.schema(List.of("optional int32 n")),
                3,
                (group, number) -> group.add(0, number));
        return SharedRedshift.s3().put("faults/" + name + "/part-1.parquet", file);
    }

    private static String copy(String from) {
        return "copy faulty from '" + from + "' iam_role '" + SharedRedshift.ROLE + "' format parquet";
    }

    private static void order(String json) throws Exception {
        SharedRedshift.faults().order(new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private static org.assertj.core.api.MapAssert<String, Object> assertOrder() {
        assertThat(SharedRedshift.faults().ordered()).hasSize(1);
        return assertThat(SharedRedshift.faults().ordered().get(0));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertConnectionEndsAt(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                .isEqualTo(CONNECTION_FAILURE));
    }

    private void assertFailsWith(String state, String message, String sql) {
        assertThatThrownBy(() -> execute(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }

    /** No session that was cut holds a lock any more. */
    private static void assertTableIsFree() throws SQLException {
        try (Connection other = SharedRedshift.connect();
                Statement statement = other.createStatement()) {
            statement.setQueryTimeout(10);
            statement.execute("truncate faulty");
        }
    }

    /** Counted by another session. */
    private static long rows() throws SQLException {
        try (Connection other = SharedRedshift.connect();
                Statement statement = other.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from faulty")) {
            count.next();
            return count.getLong(1);
        }
    }
}
