package org.caravan.verify.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5 as every engine has it. It finds differences here; nothing is protected by it. */
final class Md5 {
    private Md5() {}

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5, says MessageDigest", e);
        }
    }

    static byte[] hash(byte[] bytes) {
        return newDigest().digest(bytes);
    }
}
