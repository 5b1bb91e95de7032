package org.caravan.sandbox.redshift.unload;

import org.caravan.sandbox.redshift.wire.SqlError;

/** An UNLOAD that fails after its grammar was accepted. */
final class UnloadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SqlError error;

    UnloadFailure(SqlError error) {
        super(error.message());
        this.error = error;
    }

    static UnloadFailure refused(String message) {
        return new UnloadFailure(SqlError.error(SqlError.INTERNAL, message));
    }

    static UnloadFailure notSupported(String message) {
        return new UnloadFailure(SqlError.error(SqlError.NOT_SUPPORTED, message));
    }

    SqlError error() {
        return error;
    }
}
