package org.caravan.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.caravan.ledger.Run;
import org.caravan.source.BoundedPool;

/**
 * A connection pool that is made at the first connection: a host starts although a database is down, and a wrong password is the
 * driver's error at once and not a pool's time-out. Thread-safe; closed by its owner.
 */
final class LazyPool implements DataSource, BoundedPool, AutoCloseable {
    private final HikariConfig config;
    private final Lock opening = new ReentrantLock();
    private final OpenConnections open = new OpenConnections();
    private volatile HikariDataSource pool;
    private volatile boolean closed;

    LazyPool(HikariConfig config) {
        this.config = config;
        // One attempt; then the driver's own exception.
        config.setInitializationFailTimeout(1);
    }

    @Override
    public int maxConnections() {
        return config.getMaximumPoolSize();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open.track(pool().getConnection(), RunThreads.run());
    }

    /** Cancels what the connections have running that a run uses. */
    void cancel(Run run) {
        open.cancel(run);
    }

    /** Cancels whatever the connections in use have running. */
    void cancel() {
        open.cancel();
    }

    private HikariDataSource pool() throws SQLException {
        opening.lock();
        try {
            if (pool == null) {
                pool = new HikariDataSource(config);
            }
        } catch (HikariPool.PoolInitializationException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e;
        } finally {
            opening.unlock();
        }
        if (closed) {
            pool.close();
        }
        return pool;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool connects as its own user only");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Logging is SLF4J's.
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool has its own time limits");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Logging is SLF4J's");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        return pool().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** Does not wait for a connection that another thread is just making: that thread closes the pool. */
    @Override
    public void close() {
        closed = true;
        if (opening.tryLock()) {
            try {
                if (pool != null) {
                    pool.close();
                }
            } finally {
                opening.unlock();
            }
        }
    }
}
