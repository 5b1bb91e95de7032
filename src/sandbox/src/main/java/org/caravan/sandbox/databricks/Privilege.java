package org.caravan.sandbox.databricks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.databricks.Securable.Kind;

/**
 * The privileges of Unity Catalog that matter for federation, and the objects that each can be granted on
 * (docs.databricks.com/aws/data-governance/unity-catalog/manage-privileges/privileges).
 */
enum Privilege {
    ALL_PRIVILEGES(Kind.CONNECTION, Kind.CATALOG, Kind.SCHEMA, Kind.TABLE),
    BROWSE(Kind.CATALOG),
    CREATE_CATALOG(Kind.METASTORE),
    CREATE_CONNECTION(Kind.METASTORE),
    CREATE_FOREIGN_CATALOG(Kind.CONNECTION),
    CREATE_SCHEMA(Kind.CATALOG),
    CREATE_TABLE(Kind.CATALOG, Kind.SCHEMA),
    MANAGE(Kind.CONNECTION, Kind.CATALOG, Kind.SCHEMA, Kind.TABLE),
    MODIFY(Kind.CATALOG, Kind.SCHEMA, Kind.TABLE),
    SELECT(Kind.CATALOG, Kind.SCHEMA, Kind.TABLE),
    USE_CATALOG(Kind.CATALOG),
    USE_CONNECTION(Kind.CONNECTION, Kind.METASTORE),
    USE_SCHEMA(Kind.CATALOG, Kind.SCHEMA);

    private final Set<Kind> kinds;

    Privilege(Kind first, Kind... others) {
        kinds = EnumSet.of(first, others);
    }

    /** The privilege with this name, in SQL's spelling or the REST API's ({@code USE_CATALOG}). */
    static Optional<Privilege> named(String name) {
        String spelt = name.strip().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(values())
                .filter(privilege -> privilege.name().equals(spelt))
                .findFirst();
    }

    boolean appliesTo(Kind kind) {
        return kinds.contains(kind);
    }

    /** ALL PRIVILEGES covers every other but MANAGE (privileges reference, "ALL PRIVILEGES"). */
    boolean covers(Privilege other) {
        return this == other || this == ALL_PRIVILEGES && other != MANAGE;
    }

    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
