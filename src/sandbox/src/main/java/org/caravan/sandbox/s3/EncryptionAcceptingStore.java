package org.caravan.sandbox.s3;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;

/**
 * A store that accepts the headers which ask for server-side encryption (SSE-S3, SSE-KMS), and stores in clear.
 *
 * <p>S3Proxy's file system store refuses them with 501, so that a route which asks for encryption could not be rehearsed.
 */
final class EncryptionAcceptingStore extends ForwardingBlobStore {
    EncryptionAcceptingStore(BlobStore store) {
        super(store);
    }

    @Override
    public boolean supportsServerSideEncryption() {
        return true;
    }
}
