package org.caravan.sandbox.s3;

import java.nio.ByteBuffer;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Request;

/** A request whose connection is reset when some of its body has arrived: the store behind it sees that much and no end. */
final class CutUpload extends Request.Wrapper {
    private long left;

    /** @param bytes how much of the body arrives */
    CutUpload(Request request, long bytes) {
        super(request);
        this.left = bytes;
    }

    @Override
    public Content.Chunk read() {
        if (left <= 0) {
            return Content.Chunk.from(new Wire(getWrapped()).reset());
        }
        Content.Chunk chunk = super.read();
        if (chunk == null || Content.Chunk.isFailure(chunk)) {
            return chunk;
        }
        ByteBuffer arrived = chunk.getByteBuffer();
        arrived.limit(arrived.position() + (int) Math.min(left, arrived.remaining()));
        left -= arrived.remaining();
        return chunk.isLast() ? notLast(chunk) : chunk;
    }

    private static Content.Chunk notLast(Content.Chunk chunk) {
        if (chunk.canRetain()) {
            return Content.Chunk.asChunk(chunk.getByteBuffer(), false, chunk);
        }
        return Content.Chunk.from(chunk.getByteBuffer(), false);
    }
}
