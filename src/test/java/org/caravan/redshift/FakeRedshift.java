package org.caravan.redshift;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Notes the statements of its sessions, and their commits and rollbacks, without the run's comment; answers and fails as told. */
final class FakeRedshift {
    private final List<String> log = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final Map<String, Long> answers = new HashMap<>();
    private final Map<String, SQLException> failures = new HashMap<>();

    /** The number that a query gives which holds this text. */
    void answer(String part, long number) {
        answers.put(part, number);
    }

    /** Fails each statement that holds this text, and {@code commit} or {@code connect}. */
    void fail(String part, SQLException error) {
        failures.put(part, error);
    }

    List<String> log() {
        return log;
    }

    List<String> comments() {
        return comments;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            note("connect", "connect");
            return connection();
        });
    }

    private Connection connection() {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "createStatement" -> {
                    return statement();
                }
                case "commit", "rollback", "close" -> note(method.getName(), method.getName());
                case "getMetaData" -> throw new SQLFeatureNotSupportedException("getMetaData");
                case "setAutoCommit" -> note("autocommit " + arguments[0], "autocommit");
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private Statement statement() {
        return proxy(Statement.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                run((String) arguments[0]);
                yield false;
            }
            case "executeLargeUpdate" -> number(run((String) arguments[0]));
            case "executeQuery" -> resultSet(run((String) arguments[0]));
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private String run(String commented) throws SQLException {
        int end = commented.indexOf("*/");
        if (end > 0) {
            comments.add(commented.substring(0, end + 2));
        }
        String sql = end < 0 ? commented : commented.substring(end + 3);
        note(sql, sql);
        return sql;
    }

    private void note(String entry, String asked) throws SQLException {
        log.add(entry);
        for (Map.Entry<String, SQLException> failure : failures.entrySet()) {
            if (asked.contains(failure.getKey())) {
                throw failure.getValue();
            }
        }
    }

    private long number(String sql) {
        return numbers(sql).stream().findFirst().orElse(0L);
    }

    private List<Long> numbers(String sql) {
        List<Long> rows = new ArrayList<>();
        answers.forEach((part, number) -> {
            if (sql.contains(part)) {
                rows.add(number);
            }
        });
        return rows;
    }

    private ResultSet resultSet(String sql) {
        List<Long> rows = numbers(sql);
        int[] row = {-1};
        return proxy(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> {
                row[0]++;
                yield row[0] < rows.size();
            }
            case "getLong" -> rows.get(row[0]);
            case "getMetaData" -> null;
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FakeRedshift.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
