package org.caravan.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings {@code observe.*}; immutable. Shows no secret.
 *
 * @param port where to listen; 0 is any
 * @param credentials who may read; empty if everybody may who reaches the host
 * @param lateAfter how long after it was due a pipeline is late
 * @param tracing the address to which traces go; empty if there are none
 */
public record ObserveSettings(
        boolean enabled,
        String host,
        int port,
        Optional<Credentials> credentials,
        Duration lateAfter,
        Optional<String> tracing) {
    static final String LOOPBACK = "127.0.0.1";

    private static final Pattern LOOPBACKS = Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|(0*:)+:?0*1");

    public ObserveSettings {
        requireNonNull(host, "host");
        requireNonNull(credentials, "credentials");
        requireNonNull(lateAfter, "lateAfter");
        requireNonNull(tracing, "tracing");
    }

    /** A user and a password; shows neither. */
    public record Credentials(String user, String password) {
        public Credentials {
            requireNonNull(user, "user");
            requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * Reads them.
     *
     * @throws org.caravan.ledger.CaravanException if one is wrong
     */
    public static ObserveSettings of(Settings settings) {
        return new ObserveSettings(
                settings.isTrue("observe.enabled"),
                settings.get("observe.host"),
                settings.number("observe.port"),
                settings.checked("observe.user").flatMap(user -> settings.find("observe.password")
                        .map(password -> new Credentials(user, password))),
                settings.time("observe.late-after").orElseThrow(),
                settings.checked("observe.tracing-endpoint"));
    }

    /** Whether only this machine reaches it; told by its text, so a name that has to be looked up is not. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    static boolean isLoopback(String host) {
        return LOOPBACKS.matcher(host).matches();
    }
}
