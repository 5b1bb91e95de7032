package org.caravan.source;

import java.lang.reflect.Proxy;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.List;

/** What a driver says of a result's columns, as a test writes it down. */
final class Metadata {
    private record Described(String label, int type, String typeName, int precision, int scale, int nullable) {}

    private final List<Described> columns = new ArrayList<>();

    Metadata and(String label, int type, String typeName, int precision, int scale) {
        return and(label, type, typeName, precision, scale, ResultSetMetaData.columnNullableUnknown);
    }

    Metadata and(String label, int type, String typeName, int precision, int scale, int nullable) {
        columns.add(new Described(label, type, typeName, precision, scale, nullable));
        return this;
    }

    ResultSetMetaData metadata() {
        return (ResultSetMetaData) Proxy.newProxyInstance(
                Metadata.class.getClassLoader(),
                new Class<?>[] {ResultSetMetaData.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getColumnCount")) {
                        return columns.size();
                    }
                    Described column = columns.get((Integer) arguments[0] - 1);
                    return switch (method.getName()) {
                        case "getColumnLabel" -> column.label();
                        case "getColumnType" -> column.type();
                        case "getColumnTypeName" -> column.typeName();
                        case "getPrecision" -> column.precision();
                        case "getScale" -> column.scale();
                        case "isNullable" -> column.nullable();
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
