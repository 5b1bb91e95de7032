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
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.caravan.ledger.Run;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a pool that are in use, so that what they have running can be cancelled. A COMMIT is not: it is done or not, and
 * soon. Thread-safe.
 */
final class OpenConnections {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final Set<Tracked> open = ConcurrentHashMap.newKeySet();

    /**
     * The same connection; it counts as in use until it is closed.
     *
     * @param owner the run that uses it
     */
    Connection track(Connection connection, Optional<Run> owner) {
        Tracked tracked = new Tracked(connection, owner);
        open.add(tracked);
        return (Connection) Proxy.newProxyInstance(
                OpenConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, tracked);
    }

    /** Cancels whatever the connections in use have running, on the server; their transactions go on. */
    void cancel() {
        open.forEach(Tracked::cancel);
    }

    /** The same for the connections that a run uses. */
    void cancel(Run run) {
        open.stream().filter(tracked -> tracked.isOf(run)).forEach(Tracked::cancel);
    }

    private final class Tracked implements InvocationHandler {
        private final Connection connection;
        private final Optional<Run> owner;
        /** Held while the connection must be left alone. */
        private final Lock quiet = new ReentrantLock();

        private final Set<Statement> statements =
                Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        Tracked(Connection connection, Optional<Run> owner) {
            this.connection = connection;
            this.owner = owner;
        }

        boolean isOf(Run run) {
            return owner.filter(run::equals).isPresent();
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("close") || name.equals("abort")) {
                open.remove(this);
            }
            Object result = name.equals("close") || name.equals("commit")
                    ? invokeQuietly(method, arguments)
                    : invoke(method, arguments);
            if (result instanceof Statement statement) {
                statements.add(statement);
            }
            return result;
        }

        /** Waits for a cancelling under way: it must not strike whoever gets the pool's connection next. */
        private Object invokeQuietly(Method method, Object[] arguments) throws Throwable {
            quiet.lock();
            try {
                return invoke(method, arguments);
            } finally {
                quiet.unlock();
            }
        }

        private Object invoke(Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        void cancel() {
            if (quiet.tryLock()) {
                try {
                    cancelAll();
                } finally {
                    quiet.unlock();
                }
            }
        }

        private void cancelAll() {
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
