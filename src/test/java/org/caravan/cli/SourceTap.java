package org.caravan.cli;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between Caravan and a PostgreSQL server, passes on every byte, and notes what the client sends: the text of statements apart
 * from values that are bound to them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">the messages of PostgreSQL's protocol</a>
 */
final class SourceTap implements Closeable {
    private static final int LENGTH = Integer.BYTES;
    private static final int VERSION_3 = 3 << 16;

    private final ServerSocket door;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> statements = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    private SourceTap(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    /** A tap before the server at a port of this machine. */
    static SourceTap before(int server) throws IOException {
        SourceTap tap = new SourceTap(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), server);
        tap.threads.execute(tap::accept);
        return tap;
    }

    int port() {
        return door.getLocalPort();
    }

    /** The texts that the server was sent to parse or to execute, and the parameters that connections began with. */
    synchronized String statements() {
        return String.join("\n", statements);
    }

    /** Everything else that it was sent: values bound to statements, what proves a password, rows. */
    synchronized String others() {
        return String.join("\n", others);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket source = new Socket(InetAddress.getLoopbackAddress(), server);
                threads.execute(() -> pass(client, source, this::listen));
                threads.execute(() -> pass(source, client, InputStream::transferTo));
            }
        } catch (IOException e) {
            // The door is closed.
        }
    }

    private interface Passage {
        void go(InputStream from, OutputStream to) throws IOException;
    }

    private static void pass(Socket from, Socket to, Passage passage) {
        try (from;
                to) {
            passage.go(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // One of the two has gone; so does the other.
        }
    }

    private void listen(InputStream from, OutputStream to) throws IOException {
        DataInputStream messages = new DataInputStream(from);
        boolean begun = false;
        while (true) {
            int type = begun ? messages.read() : 0;
            if (type < 0) {
                return;
            }
            byte[] body = new byte[messages.readInt() - LENGTH];
            messages.readFully(body);
            ByteBuffer message = ByteBuffer.allocate(body.length + LENGTH + 1);
            if (begun) {
                message.put((byte) type);
            }
            message.putInt(body.length + LENGTH).put(body);
            note(begun, type, new String(body, StandardCharsets.UTF_8));
            begun = begun || ByteBuffer.wrap(body).getInt() == VERSION_3;
            to.write(message.array(), 0, message.position());
            to.flush();
        }
    }

    /** A query or a statement to be parsed is text; before a connection has begun, its parameters are. */
    private synchronized void note(boolean begun, int type, String body) {
        (!begun || type == 'Q' || type == 'P' ? statements : others).add(body);
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
