package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where runs come from.
 *
 * @param settings the hash of the settings in force, without those that are secret
 */
public record Origin(String host, long pid, String user, StartedBy startedBy, String settings) {
    public Origin {
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(startedBy, "startedBy");
        requireNonNull(settings, "settings");
    }

    /** This process. */
    public static Origin here(StartedBy startedBy, String settings) {
        return new Origin(
                hostName(),
                ProcessHandle.current().pid(),
                System.getProperty("user.name", "unknown"),
                startedBy,
                settings);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
