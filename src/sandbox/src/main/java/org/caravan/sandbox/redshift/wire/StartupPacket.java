package org.caravan.sandbox.redshift.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The first packet of a connection: a start of session, or one of the requests that look like one. */
public record StartupPacket(int code, Map<String, String> parameters, byte[] body) {
    public static final int PROTOCOL_3 = 3 << 16;
    public static final int CANCEL = 80877102;
    public static final int SSL = 80877103;
    public static final int GSS = 80877104;

    /**
     * What PostgreSQL may see of a driver's start-up parameters. The Redshift driver sends parameters that PostgreSQL refuses
     * (driver_version, os_version, client_protocol_version, driver_discovery_version), and newer drivers send new ones.
     */
    private static final Set<String> FOR_POSTGRESQL =
            Set.of("client_encoding", "datestyle", "timezone", "extra_float_digits", "application_name", "search_path");

    public static StartupPacket of(byte[] body) {
        Message.Reader reader = new Message.Reader(body);
        int code = reader.int32();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (code == PROTOCOL_3) {
            String name = reader.string();
            while (!name.isEmpty()) {
                parameters.put(name, reader.string());
                name = reader.string();
            }
        }
        return new StartupPacket(code, parameters, body);
    }

    public String user() {
        return parameters.getOrDefault("user", "");
    }

    public String database() {
        return parameters.getOrDefault("database", user());
    }

    /** The packet that opens the session on PostgreSQL. */
    byte[] forPostgres() {
        Message.Writer writer = new Message.Writer().int32(PROTOCOL_3);
        writer.string("user").string(user()).string("database").string(database());
        parameters.forEach((name, value) -> {
            if (FOR_POSTGRESQL.contains(name.toLowerCase(Locale.ROOT))) {
                writer.string(name).string(value);
            }
        });
        return writer.byte1(0).toBytes();
    }
}
