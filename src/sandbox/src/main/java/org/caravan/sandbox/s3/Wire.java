package org.caravan.sandbox.s3;

import java.io.IOException;
import java.net.StandardSocketOptions;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.io.EndPoint;
import org.gaul.shaded.org.eclipse.jetty.io.SocketChannelEndPoint;
import org.gaul.shaded.org.eclipse.jetty.server.Request;

/** The connection that a request came by. */
record Wire(Request request) {
    private EndPoint endPoint() {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Ends the connection with a reset: whoever reads or writes it fails. */
    IOException reset() {
        if (endPoint() instanceof SocketChannelEndPoint socket) {
            try {
                socket.getChannel().setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It has ended already.
            }
        }
        return end();
    }

    /** Ends the connection in an orderly way, in the middle of what was promised. */
    IOException end() {
        endPoint().close();
        return new IOException("cut by a fault that was ordered");
    }

    /**
     * Reads what is left of the body. A client that is still sending it would not see the answer, and Jetty would close a
     * connection that the client goes on to use: S3Proxy leaves even the end of a body that it has stored.
     */
    void drain() throws IOException {
        boolean hasBody = request.getHeaders().contains("Content-Length")
                || request.getHeaders().contains("Transfer-Encoding");
        if (hasBody) {
            Content.Source.consumeAll(request);
        }
    }
}
