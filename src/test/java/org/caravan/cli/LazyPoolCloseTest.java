package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A pool can be closed while its first connection is being opened. */
class LazyPoolCloseTest {
    @Test
    void keepsNobodyFromClosingThePool() throws Exception {
        Slow database = new Slow();
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        LazyPool pool = new LazyPool(config);
        Thread opener = new Thread(() -> assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class));
        opener.start();
        database.connecting.await();

        pool.close();

        assertThat(opener.isAlive()).isTrue();
        database.answer.countDown();
        opener.join();
    }

    /** Answers when it is told to, and then with an error. */
    private static final class Slow implements DataSource {
        private final CountDownLatch connecting = new CountDownLatch(1);
        private final CountDownLatch answer = new CountDownLatch(1);

        @Override
        public Connection getConnection() throws SQLException {
            connecting.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("too late");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
