package org.caravan.ledger.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections to H2 files, of which this process opens and closes one at a time. Where one thread opens a file while another fails to,
 * since another process has it, H2 (2.5.252) forgets the database that is open; it is then opened a second time beside, and as closing
 * that sets free the operating system's lock of the whole process, another process writes into the same file. Thread-safe.
 */
final class OneAtATime implements DataSource {
    private static final Lock OPENING_OR_CLOSING = new ReentrantLock();

    private final DataSource database;

    OneAtATime(DataSource database) {
        this.database = database;
    }

    /** Opens a connection. */
    private interface Opening {
        Connection open() throws SQLException;
    }

    private static Connection alone(Opening opening) throws SQLException {
        OPENING_OR_CLOSING.lock();
        try {
            return closedAlone(opening.open());
        } finally {
            OPENING_OR_CLOSING.unlock();
        }
    }

    private static Connection closedAlone(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                OneAtATime.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean closes = method.getName().equals("close");
                    if (closes) {
                        OPENING_OR_CLOSING.lock();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (closes) {
                            OPENING_OR_CLOSING.unlock();
                        }
                    }
                });
    }

    @Override
    public Connection getConnection() throws SQLException {
        return alone(database::getConnection);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return alone(() -> database.getConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return database.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        database.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        database.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return database.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return database.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return database.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return database.isWrapperFor(type);
    }
}
