package org.caravan.sandbox.redshift.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's part of SCRAM-SHA-256 (RFC 5802, RFC 7677), by which the facade hands the client's password on to PostgreSQL.
 * PostgreSQL stays the only judge of passwords, also of those set by CREATE USER.
 */
final class Scram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private final String password;
    private final String nonce;
    private final String clientFirst;

    Scram(String password) {
        this.password = password;
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        nonce = Base64.getEncoder().encodeToString(random);
        clientFirst = "n=,r=" + nonce;
    }

    String first() {
        return "n,," + clientFirst;
    }

    /** The client's final message to the server's first one. */
    String answer(String serverFirst) throws GeneralSecurityException {
        String serverNonce = attribute(serverFirst, 'r');
        if (!serverNonce.startsWith(nonce)) {
            throw new GeneralSecurityException("the server's nonce does not continue the client's");
        }
        byte[] salt = Base64.getDecoder().decode(attribute(serverFirst, 's'));
        int iterations = Integer.parseInt(attribute(serverFirst, 'i'));
        // An empty password has no key in the JDK; PostgreSQL accepts none either.
        char[] secret = (password.isEmpty() ? "\0" : password).toCharArray();
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(secret, salt, iterations, 256))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
        String withoutProof = "c=biws,r=" + serverNonce;
        byte[] signature = hmac(storedKey, clientFirst + "," + serverFirst + "," + withoutProof);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(clientKey);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String attribute(String message, char name) throws GeneralSecurityException {
        for (String part : message.split(",")) {
            if (part.length() > 1 && part.charAt(0) == name && part.charAt(1) == '=') {
                return part.substring(2);
            }
        }
        throw new GeneralSecurityException("the server's message has no attribute " + name);
    }
}
