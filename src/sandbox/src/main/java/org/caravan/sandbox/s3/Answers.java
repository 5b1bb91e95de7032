package org.caravan.sandbox.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** What becomes of S3Proxy's answers on their way to the client. Each is used for one request. */
final class Answers {
    private Answers() {}

    /** The answer as Amazon S3 gives it. */
    static final class Completed extends Response.Wrapper {
        private static final String ENCRYPTION = "x-amz-server-side-encryption";
        private static final Set<String> OBJECT_METHODS = Set.of("GET", "HEAD", "PUT", "POST");

        private final boolean ofObject;
        private boolean begun;

        Completed(Request request, Response response, S3Request call) {
            super(request, response);
            this.ofObject = call.ofObject() && OBJECT_METHODS.contains(call.method());
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!begun) {
                begun = true;
                try {
                    complete();
                } catch (IOException e) {
                    callback.failed(e);
                    return;
                }
            }
            super.write(last, content, callback);
        }

        private void complete() throws IOException {
            new Wire(getRequest()).drain();
            if (ofObject && getStatus() < 300 && !getHeaders().contains(ENCRYPTION)) {
                // Every object is encrypted, and every answer says so, since January 2023:
                // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
                getHeaders().put(ENCRYPTION, "AES256");
            }
        }
    }

    /** An answer whose connection ends when some of its body has been sent. */
    static final class Truncated extends Response.Wrapper {
        private final Optional<Integer> bytes;
        private long left = -1;

        /** @param bytes how much is sent; half of the body if empty */
        Truncated(Request request, Response response, Optional<Integer> bytes) {
            super(request, response);
            this.bytes = bytes;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (left < 0) {
                long length = Math.max(0, getHeaders().getLongField("Content-Length"));
                left = bytes.map(Integer::longValue).orElse(length / 2);
            }
            int offered = content == null ? 0 : content.remaining();
            if (offered <= left && !last) {
                left -= offered;
                super.write(false, content, callback);
                return;
            }
            ByteBuffer sent = content == null ? ByteBuffer.allocate(0) : content.slice();
            sent.limit((int) Math.min(left, sent.remaining()));
            left = 0;
            Wire wire = new Wire(getRequest());
            super.write(false, sent, Callback.from(() -> callback.failed(wire.end()), callback::failed));
        }
    }

    /** An answer that nobody gets. */
    static final class Lost extends Response.Wrapper {
        Lost(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (content != null) {
                content.position(content.limit());
            }
            callback.succeeded();
        }
    }
}
