package org.caravan.sandbox.s3;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStoreLocator;
import org.gaul.s3proxy.blobstore.BlobStore;

/** Who may use the store: the owner everything, a guest some buckets. */
final class Access implements BlobStoreLocator {
    private final Map<String, AccessGrant> grants = new HashMap<>();

    /** @param guests {@code key:secret:bucket+bucket}, several joined by commas; may be empty */
    Access(BlobStore store, String accessKey, String secretKey, String guests) {
        grants.put(accessKey, new AccessGrant(secretKey, store));
        for (String guest : guests.isEmpty() ? new String[0] : guests.split(",")) {
            String[] pieces = guest.split(":");
            if (pieces.length != 3) {
                throw new IllegalArgumentException(
                        "a guest is key:secret:bucket+bucket; '" + pieces[0] + "' has " + pieces.length + " pieces");
            }
            BlobStore seen = new GuestStore(store, Set.of(pieces[2].split("\\+")));
            grants.put(pieces[0], new AccessGrant(pieces[1], seen));
        }
    }

    /** S3Proxy takes null for an access key that nobody has. */
    @Override
    public AccessGrant locateBlobStore(String accessKey, String bucket, String key) {
        return accessKey == null ? null : grants.get(accessKey);
    }
}
