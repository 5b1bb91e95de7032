package org.caravan.sandbox.databricks;

import org.caravan.sandbox.databricks.Securable.Kind;

/**
 * What one principal may do. Refusals carry the words of Databricks, as seen by its users (for instance
 * github.com/databricks-solutions/databricks-apps-cookbook, issue 18): the first privilege that lacks is named, from the catalog
 * down. Thread-safe.
 */
final class Access {
    private final Grants grants;
    private final Principal principal;

    Access(Grants grants, Principal principal) {
        this.grants = grants;
        this.principal = principal;
    }

    Principal principal() {
        return principal;
    }

    boolean has(Privilege privilege, Securable object) {
        return grants.has(principal, privilege, object);
    }

    /** @throws Refused when the principal lacks the privilege on the object */
    void need(Privilege privilege, Securable object) {
        if (!has(privilege, object)) {
            throw insufficient("User does not have " + privilege + " on " + object + ".");
        }
    }

    /** To look into a catalog. */
    void needCatalog(String catalog) {
        need(Privilege.USE_CATALOG, Securable.catalog(catalog));
    }

    /** To look into a schema. */
    void needSchema(String catalog, String schema) {
        needCatalog(catalog);
        need(Privilege.USE_SCHEMA, Securable.schema(catalog, schema));
    }

    /** To read a table. */
    void needTable(String catalog, String schema, String table) {
        needSchema(catalog, schema);
        need(Privilege.SELECT, Securable.table(catalog, schema, table));
    }

    /** Whether the principal may change the object itself and the privileges on it. */
    boolean manages(Securable object) {
        return principal.isAdmin() || grants.owns(principal, object) || grants.has(principal, Privilege.MANAGE, object);
    }

    /** @throws Refused unless the principal is a metastore admin, or owns or manages the object or one above it */
    void needManaged(Securable object) {
        if (!manages(object)) {
            throw insufficient("User is not an owner of " + object + ".");
        }
    }

    /** Whether lists show the object: for any privilege on it, above it or in it, and to whoever manages it. */
    boolean sees(Securable object) {
        return manages(object)
                || grants.within(object).stream().anyMatch(grant -> Grants.concerns(grant, principal))
                || grants.affecting(object).stream()
                        .anyMatch(grant -> Grants.concerns(grant, principal)
                                && (object.kind() != Kind.CONNECTION
                                        || grant.privilege() == Privilege.USE_CONNECTION
                                        || grant.on().equals(object)));
    }

    static Refused insufficient(String what) {
        return new Refused("INSUFFICIENT_PERMISSIONS", "42501", "Insufficient privileges:\n" + what);
    }
}
