package org.caravan.sandbox.s3.nio2blob;

import java.nio.file.Path;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;

/**
 * S3Proxy's store of objects in plain files, which keeps and shows what encryption was asked for (SSE-S3, SSE-KMS), and stores in
 * clear. S3Proxy's own class of this kind answers 501 when encryption is asked for.
 */
public final class FileStore extends AbstractNio2BlobStore {
    /** @param root an absolute path; with a relative one S3Proxy 4.1.0 stores objects but lists none */
    public FileStore(Path root) {
        super(root);
    }

    @Override
    public boolean supportsServerSideEncryption() {
        return true;
    }

    @Override
    public void close() {}
}
