package org.caravan.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JDBC object that notes what is called on it, and refuses what a test says. */
final class Spied {
    private final List<String> calls = new ArrayList<>();

    /** Wraps an object; a method named in {@code refused} throws what is named there instead of being called. */
    <T> T wrap(Class<T> type, T real, Map<String, SQLException> refused) {
        return type.cast(Proxy.newProxyInstance(
                Spied.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.add(type.getSimpleName() + "." + method.getName());
                    SQLException error = refused.get(method.getName());
                    if (error != null) {
                        throw error;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    List<String> calls() {
        return calls;
    }
}
