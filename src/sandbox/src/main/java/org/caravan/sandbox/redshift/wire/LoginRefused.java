package org.caravan.sandbox.redshift.wire;

/** PostgreSQL did not open the session: wrong password, unknown database, too many connections. */
public final class LoginRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient byte[] errorBody;

    LoginRefused(byte[] errorBody) {
        super(SqlError.fields(errorBody).getOrDefault('M', "login refused"));
        this.errorBody = errorBody;
    }

    public byte[] errorBody() {
        return errorBody;
    }
}
