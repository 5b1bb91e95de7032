package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An object that privileges are granted on, such as {@code TABLE fed.public.customers}; names ignore case, as in Unity Catalog.
 *
 * <p>A statement may leave out the first parts of a schema's or table's name; see {@link #within}.
 */
record Securable(Kind kind, List<String> name) {
    /** The kinds that the sandbox has; {@code parts} is the length of the whole name. */
    enum Kind {
        METASTORE("Metastore", 0),
        CONNECTION("Connection", 1),
        CATALOG("Catalog", 1),
        SCHEMA("Schema", 2),
        TABLE("Table", 3);

        private final String title;
        private final int parts;

        Kind(String title, int parts) {
            this.title = title;
            this.parts = parts;
        }

        int parts() {
            return parts;
        }
    }

    static final Securable METASTORE = new Securable(Kind.METASTORE, List.of());

    Securable {
        name = name.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    }

    static Securable connection(String name) {
        return new Securable(Kind.CONNECTION, List.of(name));
    }

    static Securable catalog(String catalog) {
        return new Securable(Kind.CATALOG, List.of(catalog));
    }

    static Securable schema(String catalog, String schema) {
        return new Securable(Kind.SCHEMA, List.of(catalog, schema));
    }

    static Securable table(String catalog, String schema, String table) {
        return new Securable(Kind.TABLE, List.of(catalog, schema, table));
    }

    /** This object with its whole name, what is missing taken from the current catalog and schema. */
    Securable within(String catalog, String schema) {
        List<String> current = List.of(catalog, schema);
        int missing = kind.parts - name.size();
        if (missing <= 0) {
            return this;
        }
        return new Securable(
                kind,
                Stream.concat(current.subList(0, missing).stream(), name.stream())
                        .toList());
    }

    /** This object and those that it inherits privileges from, nearest first. */
    List<Securable> chain() {
        return switch (kind) {
            case METASTORE, CATALOG -> List.of(this);
            case CONNECTION -> List.of(this, METASTORE);
            case SCHEMA -> List.of(this, catalog(name.get(0)));
            case TABLE -> List.of(this, schema(name.get(0), name.get(1)), catalog(name.get(0)));
        };
    }

    /** The name with dots, as messages have it. */
    String dotted() {
        return kind == Kind.METASTORE ? "sandbox" : String.join(".", name);
    }

    /** Such as {@code Table 'fed.public.customers'}. */
    @Override
    public String toString() {
        return kind.title + " '" + dotted() + "'";
    }
}
