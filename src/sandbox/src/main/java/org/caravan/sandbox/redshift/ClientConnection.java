package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.BackendLogin;
import org.caravan.sandbox.redshift.wire.LoginRefused;
import org.caravan.sandbox.redshift.wire.Message;
import org.caravan.sandbox.redshift.wire.NameRestorer;
import org.caravan.sandbox.redshift.wire.ServerParameters;
import org.caravan.sandbox.redshift.wire.SqlError;
import org.caravan.sandbox.redshift.wire.StartupPacket;
import org.caravan.sandbox.redshift.wire.WireInput;
import org.caravan.sandbox.redshift.wire.WireOutput;

/** A client's connection from its first byte: TLS, cancel requests, login, and then its session. */
final class ClientConnection {
    private static final int AUTHENTICATION_OK = 0;
    private static final int CLEARTEXT_PASSWORD = 3;

    private final Connections connections;
    private Socket socket;
    private WireInput in;
    private WireOutput out;

    ClientConnection(Connections connections, Socket socket) {
        this.connections = connections;
        this.socket = socket;
    }

    /** Serves the client until either side ends. */
    void run() {
        try (Socket plain = socket) {
            open();
            while (true) {
                StartupPacket packet = StartupPacket.of(in.body());
                switch (packet.code()) {
                    case StartupPacket.SSL -> secure(plain);
                    case StartupPacket.GSS -> answer('N');
                    case StartupPacket.CANCEL -> {
                        Message.Reader reader = new Message.Reader(packet.body());
                        reader.int32();
                        connections.cancel(reader.int32(), reader.int32());
                        return;
                    }
                    case StartupPacket.PROTOCOL_3 -> {
                        session(packet);
                        return;
                    }
                    default -> {
                        fail(SqlError.fatal(
                                SqlError.NOT_SUPPORTED,
                                "unsupported frontend protocol " + (packet.code() >>> 16) + "."
                                        + (packet.code() & 0xffff)));
                        return;
                    }
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // The client has gone, or speaks something else; there is nobody to tell.
        }
    }

    private void open() throws IOException {
        in = new WireInput(socket.getInputStream());
        out = new WireOutput(socket.getOutputStream());
    }

    private void answer(char letter) throws IOException {
        socket.getOutputStream().write(letter);
        socket.getOutputStream().flush();
    }

    private void secure(Socket plain) throws IOException {
        answer('S');
        socket = connections.tls().over(plain);
        open();
    }

    private void fail(SqlError error) throws IOException {
        out.write('E', error.body());
        out.flush();
    }

    private void session(StartupPacket startup) throws IOException, GeneralSecurityException {
        Optional<SqlError> refusal = RedshiftFaults.refusal(connections.faults());
        if (refusal.isPresent()) {
            fail(refusal.get());
            return;
        }
        out.write('R', new Message.Writer().int32(CLEARTEXT_PASSWORD).toBytes());
        out.flush();
        if (in.type() != 'p') {
            return;
        }
        String password = new Message.Reader(in.body()).string();
        try (Socket postgres = connections.connectToPostgres()) {
            WireInput fromPostgres = new WireInput(postgres.getInputStream());
            WireOutput toPostgres = new WireOutput(postgres.getOutputStream());
            BackendLogin login;
            try {
                login = BackendLogin.open(fromPostgres, toPostgres, startup, password);
            } catch (LoginRefused e) {
                out.write('E', e.errorBody());
                out.flush();
                return;
            }
            serve(startup, login, new Backend(postgres, fromPostgres, toPostgres, out));
        }
    }

    private void serve(StartupPacket startup, BackendLogin login, Backend backend) throws IOException {
        Session session = new Session(in, out, backend, connections, startup, login.pid());
        connections.opened(login.pid(), login.key(), startup.user(), session);
        boolean ended = false;
        try {
            out.write('R', new Message.Writer().int32(AUTHENTICATION_OK).toBytes());
            for (Map.Entry<String, String> parameter :
                    ServerParameters.forClient(login.parameters()).entrySet()) {
                out.write(
                        'S',
                        new Message.Writer()
                                .string(parameter.getKey())
                                .string(parameter.getValue())
                                .toBytes());
            }
            out.write(
                    'K',
                    new Message.Writer().int32(login.pid()).int32(login.key()).toBytes());
            out.write('Z', new byte[] {'I'});
            out.flush();
            Socket client = socket;
            Connections.daemon("redshift-pump-" + login.pid(), () -> {
                backend.pump();
                try {
                    out.flush();
                    client.close();
                } catch (IOException e) {
                    // The client has gone before.
                }
            });
            out.filter((type, body) -> connections.names().isEmpty()
                    ? body
                    : NameRestorer.restore(type, body, connections.names()::restored));
            ended = session.serve();
        } finally {
            if (!ended) {
                // A client that just goes takes its running statement with it.
                connections.cancel(login.pid(), login.key());
            }
            connections.closed(login.pid());
            backend.close();
            session.close();
            connections.cluster().history().forget(login.pid());
        }
    }
}
