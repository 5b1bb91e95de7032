package org.caravan.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;

/** How a target that is there differs from the result's columns; immutable. */
record SchemaDiff(List<Difference> differences) {
    SchemaDiff {
        differences = List.copyOf(differences);
    }

    /** What a column needs, so that it fits; immutable. */
    sealed interface Difference {
        String text();

        /** What the target would have to allow. */
        SchemaChange.Kind takes();
    }

    /** The target lacks a column of the result. */
    record Added(Column column) implements Difference {
        @Override
        public String text() {
            return "it lacks '" + column.name() + "' (" + RedshiftSql.type(column.type()) + ")";
        }

        @Override
        public SchemaChange.Kind takes() {
            return SchemaChange.Kind.ADD;
        }
    }

    /** A column of the target has less room than the result's, of the same kind. */
    record Wider(Column column, String found) implements Difference {
        @Override
        public String text() {
            return different(column, found);
        }

        @Override
        public SchemaChange.Kind takes() {
            return SchemaChange.Kind.WIDEN;
        }

        boolean isText() {
            return TargetTypes.isText(found);
        }
    }

    /** A column of the target is of another kind, and no room would make it fit. */
    record Other(Column column, String found) implements Difference {
        @Override
        public String text() {
            return different(column, found);
        }

        @Override
        public SchemaChange.Kind takes() {
            return SchemaChange.Kind.REPLACE;
        }
    }

    /** The target has a column that the result has not. It is never filled with NULL or a default: nobody would see that it went. */
    record Missing(String name, String found) implements Difference {
        @Override
        public String text() {
            return "it has '" + name + "' (" + found + "), which the result has not";
        }

        @Override
        public SchemaChange.Kind takes() {
            return SchemaChange.Kind.REPLACE;
        }
    }

    private static String different(Column column, String found) {
        return "'" + column.name() + "' is " + found + ", the result's is " + RedshiftSql.type(column.type());
    }

    /**
     * Compares.
     *
     * @param result the columns as a target holds them
     * @param found the names and types of the columns that the target has
     */
    static SchemaDiff of(Columns result, Map<String, String> found) {
        List<Difference> differences = new ArrayList<>();
        for (Column column : result) {
            String type = found.get(column.name());
            if (type == null) {
                differences.add(new Added(column));
            } else if (!TargetTypes.holds(type, column.type())) {
                differences.add(
                        TargetTypes.isNarrower(type, column.type())
                                ? new Wider(column, type)
                                : new Other(column, type));
            }
        }
        found.forEach((name, type) -> {
            if (result.stream().noneMatch(column -> column.name().equals(name))) {
                differences.add(new Missing(name, type));
            }
        });
        return new SchemaDiff(differences);
    }

    boolean isEmpty() {
        return differences.isEmpty();
    }

    /** What a route does not allow. */
    List<Difference> refused(SchemaChange change) {
        return differences.stream()
                .filter(difference -> !change.allows(difference.takes()))
                .toList();
    }

    List<Wider> wider() {
        return differences.stream()
                .filter(Wider.class::isInstance)
                .map(Wider.class::cast)
                .toList();
    }

    /** Each difference with what would allow it. */
    String text() {
        return differences.stream()
                .map(difference -> difference.text() + " (takes schemaChange="
                        + difference.takes().label() + ")")
                .collect(Collectors.joining("; "));
    }
}
