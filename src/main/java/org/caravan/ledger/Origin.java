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

    /** The hash of what a run was told: the route, its query and the settings. */
    public String configuration(Run run) {
        return Sha256.of(String.join("\n", run.route(), run.query().orElse(""), settings));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
