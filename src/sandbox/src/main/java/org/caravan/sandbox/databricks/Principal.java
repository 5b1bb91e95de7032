package org.caravan.sandbox.databricks;

import static java.util.Objects.requireNonNull;

/** Someone who may log in to the workspace: a user or a service principal, by the name that GRANT knows it by. */
record Principal(String name, Role role) {
    /** What a principal may do beside what it was granted. */
    enum Role {
        /** Administers workspace and metastore: makes connections and catalogs, and manages every privilege. */
        ADMIN,
        USER
    }

    Principal {
        requireNonNull(name, "name");
        requireNonNull(role, "role");
    }

    boolean isAdmin() {
        return role == Role.ADMIN;
    }
}
