package org.caravan.sandbox.redshift.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the server says of itself when a session opens. */
public final class ServerParameters {
    /** Redshift calls itself PostgreSQL 8.0.2: https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-and-postgres-sql.html */
    public static final String VERSION = "8.0.2";

    private ServerParameters() {}

    /**
     * PostgreSQL's parameters as the client sees them. {@code show_discovery} makes redshift-jdbc42 read metadata by SHOW
     * statements; {@code server_protocol_version} stays absent, because from 1 on the driver expects more in a row description.
     */
    public static Map<String, String> forClient(Map<String, String> postgres) {
        Map<String, String> parameters = new LinkedHashMap<>(postgres);
        parameters.put("server_version", VERSION);
        parameters.put("show_discovery", "4");
        return parameters;
    }
}
