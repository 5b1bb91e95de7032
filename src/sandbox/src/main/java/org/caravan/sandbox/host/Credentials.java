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
        String databricksSecret,
        String databricksAdminToken,
        String controlToken) {

    /** Reads the directory's credentials, and makes and keeps those that it lacks. */
    static Credentials of(SandboxDirectory directory) {
        Optional<Credentials> kept = Json.read(directory.credentials(), Credentials.class);
        Credentials all = new Credentials(
                kept.map(Credentials::s3AccessKey).orElseGet(() -> "AKIA" + hex(8).toUpperCase(Locale.ROOT)),
                kept.map(Credentials::s3SecretKey).orElseGet(() -> hex(20)),
                kept.map(Credentials::sourceUser).orElse("source_reader"),
                kept.map(Credentials::sourcePassword).orElseGet(() -> hex(16)),
                kept.map(Credentials::redshiftUser).orElse("caravan"),
                // Redshift asks for an upper-case letter, a lower-case one and a digit.
                kept.map(Credentials::redshiftPassword).orElseGet(() -> "Cv1" + hex(16)),
                kept.map(Credentials::databricksToken).orElseGet(() -> "dapi" + hex(16)),
                kept.map(Credentials::databricksSecret).orElseGet(() -> "dose" + hex(16)),
                kept.map(Credentials::databricksAdminToken).orElseGet(() -> "dapi" + hex(16)),
                kept.map(Credentials::controlToken).orElseGet(() -> hex(16)));
        if (!kept.equals(Optional.of(all))) {
            PrivateFiles.write(directory.credentials(), Json.pretty(all));
        }
        return all;
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
