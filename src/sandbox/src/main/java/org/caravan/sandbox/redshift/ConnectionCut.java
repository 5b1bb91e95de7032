package org.caravan.sandbox.redshift;

import java.io.IOException;

/** The connection to the client ends here because a fault was ordered. */
final class ConnectionCut extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionCut(String fault) {
        super("cut by the fault " + fault);
    }
}
