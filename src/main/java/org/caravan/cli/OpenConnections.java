package org.caravan.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of a pool that are in use, so that what they have running can be cancelled. Thread-safe. */
final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final Set<Tracked> open = ConcurrentHashMap.newKeySet();

    /** The same connection; it counts as in use until it is closed. */
    Connection track(Connection connection) {
        Tracked tracked = new Tracked(connection);
        open.add(tracked);
        return (Connection) Proxy.newProxyInstance(
                OpenConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, tracked);
    }

    /** Cancels whatever the connections in use have running, on the server; their transactions go on. */
    void cancel() {
        open.forEach(Tracked::cancel);
    }

    private final class Tracked implements InvocationHandler {
        private final Connection connection;
        private final Set<Statement> statements =
                Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        Tracked(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("close") || method.getName().equals("abort")) {
                open.remove(this);
            }
            Object result;
            try {
                result = method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (result instanceof Statement statement) {
                statements.add(statement);
            }
            return result;
        }

        void cancel() {
            List<Statement> running;
            synchronized (statements) {
                running = List.copyOf(statements);
            }
            for (Statement statement : running) {
                try {
                    if (!statement.isClosed()) {
                        statement.cancel();
                    }
                } catch (SQLException e) {
                    LOG.debug("A statement is not cancelled", e);
                }
            }
            try {
                // A COPY to this client is no statement.
                if (connection.isWrapperFor(PGConnection.class)) {
                    connection.unwrap(PGConnection.class).cancelQuery();
                }
            } catch (SQLException e) {
                LOG.debug("A query is not cancelled", e);
            }
        }
    }
}
