package org.caravan.sandbox.host;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The names and secrets of one sandbox: random, made once for its directory, kept across relaunches.
 *
 * <p>All are of letters and digits, so that they need no quoting in SQL, URLs or properties.
 */
record Credentials(
        String s3AccessKey,
        String s3SecretKey,
        String sourceUser,
        String sourcePassword,
        String redshiftUser,
        String redshiftPassword,
        String databricksToken,
        String controlToken) {

    /** Reads the directory's credentials, or makes and keeps new ones. */
    static Credentials of(SandboxDirectory directory) {
        Optional<Credentials> kept = Json.read(directory.credentials(), Credentials.class);
        // The directory of an earlier version has no token for control ports.
        if (kept.isPresent() && kept.get().controlToken() != null) {
            return kept.get();
        }
        Credentials made = kept.map(Credentials::withControlToken).orElseGet(Credentials::made);
        PrivateFiles.write(directory.credentials(), Json.pretty(made));
        return made;
    }

    private Credentials withControlToken() {
        return new Credentials(
                s3AccessKey,
                s3SecretKey,
                sourceUser,
                sourcePassword,
                redshiftUser,
                redshiftPassword,
                databricksToken,
                hex(16));
    }

    private static Credentials made() {
        return new Credentials(
                "AKIA" + hex(8).toUpperCase(Locale.ROOT),
                hex(20),
                "source_reader",
                hex(16),
                "caravan",
                // Redshift asks for an upper-case letter, a lower-case one and a digit.
                "Cv1" + hex(16),
                "dapi" + hex(16),
                hex(16));
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
