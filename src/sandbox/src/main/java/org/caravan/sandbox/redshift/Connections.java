package org.caravan.sandbox.redshift;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.caravan.sandbox.control.Faults;
import org.caravan.sandbox.redshift.copy.CopyRun;
import org.caravan.sandbox.redshift.statement.LateViews;
import org.caravan.sandbox.redshift.syntax.LongNames;
import org.caravan.sandbox.redshift.transaction.ConflictLog;
import org.caravan.sandbox.redshift.transaction.Serialization;
import org.caravan.sandbox.redshift.wire.Message;
import org.caravan.sandbox.redshift.wire.StartupPacket;
import org.caravan.sandbox.redshift.wire.Tls;
import org.caravan.sandbox.redshift.wire.WireOutput;

/** Accepts clients on the loopback address and gives each a thread; knows the sessions that can be cancelled. */
final class Connections implements Closeable {
    private record Open(int key, String user, Session session) {}

    private final ServerSocket server;
    private final int postgresPort;
    private final Tls tls;
    private final CopyRun.Cluster cluster;
    private final Faults faults;
    private final Flavour flavour;
    private final String administrator;
    private final Serialization serialization;
    private final ConflictLog conflicts;
    private final LongNames names;
    private final LateViews.Registry lateViews = new LateViews.Registry();
    private final Map<Integer, Open> sessions = new ConcurrentHashMap<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    Connections(
            int port,
            int postgresPort,
            Tls tls,
            CopyRun.Cluster cluster,
            Faults faults,
            Flavour flavour,
            String administrator,
            Serialization serialization,
            ConflictLog conflicts,
            LongNames names)
            throws IOException {
        this.server = new ServerSocket(port, 100, InetAddress.getByName("127.0.0.1"));
        this.postgresPort = postgresPort;
        this.tls = tls;
        this.cluster = cluster;
        this.faults = faults;
        this.flavour = flavour;
        this.administrator = administrator;
        this.serialization = serialization;
        this.conflicts = conflicts;
        this.names = names;
    }

    int port() {
        return server.getLocalPort();
    }

    void start() {
        daemon("redshift-accept", this::accept);
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                clients.add(socket);
                daemon("redshift-client-" + socket.getPort(), () -> {
                    try {
                        new ClientConnection(this, socket).run();
                    } finally {
                        clients.remove(socket);
                    }
                });
            } catch (IOException e) {
                // Closed, or a client that went before it was accepted.
            }
        }
    }

    Tls tls() {
        return tls;
    }

    CopyRun.Cluster cluster() {
        return cluster;
    }

    Faults faults() {
        return faults;
    }

    Flavour flavour() {
        return flavour;
    }

    Serialization serialization() {
        return serialization;
    }

    LongNames names() {
        return names;
    }

    LateViews.Registry lateViews() {
        return lateViews;
    }

    ConflictLog conflicts() {
        return conflicts;
    }

    /** A new connection to PostgreSQL; the caller closes it. */
    Socket connectToPostgres() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), postgresPort);
        socket.setTcpNoDelay(true);
        return socket;
    }

    void opened(int pid, int key, String user, Session session) {
        sessions.put(pid, new Open(key, user, session));
    }

    void closed(int pid) {
        sessions.remove(pid);
    }

    /**
     * CANCEL: stops what another session of the same user runs, or of any user for the administrator; false if there is none.
     *
     * @param message what that session's client reads, if it is not the usual message
     */
    boolean cancel(int pid, String user, Optional<String> message) throws IOException {
        Open open = sessions.get(pid);
        if (open == null || !open.user.equals(user) && !user.equals(administrator)) {
            return false;
        }
        open.session.cancelWith(message);
        cancel(pid, open.key);
        return true;
    }

    /** Stops whatever the session runs: a COPY here, everything else in PostgreSQL. A wrong key is ignored, as PostgreSQL does. */
    void cancel(int pid, int key) throws IOException {
        Open open = sessions.get(pid);
        if (open == null || open.key != key) {
            return;
        }
        open.session.cancel();
        try (Socket socket = connectToPostgres()) {
            WireOutput out = new WireOutput(socket.getOutputStream());
            out.writeStartup(new Message.Writer()
                    .int32(StartupPacket.CANCEL)
                    .int32(pid)
                    .int32(key)
                    .toBytes());
            out.flush();
            // PostgreSQL closes the connection when the signal is sent.
            while (socket.getInputStream().read() >= 0) {
                // nothing comes
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
