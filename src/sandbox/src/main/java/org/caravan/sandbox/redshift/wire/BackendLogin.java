package org.caravan.sandbox.redshift.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Opens a session on PostgreSQL with the client's own name and password, and remembers what PostgreSQL says of itself. */
public final class BackendLogin {
    private static final int OK = 0;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private int pid;
    private int key;

    public static BackendLogin open(WireInput in, WireOutput out, StartupPacket startup, String password)
            throws IOException, LoginRefused, GeneralSecurityException {
        BackendLogin login = new BackendLogin();
        out.writeStartup(startup.forPostgres());
        out.flush();
        login.authenticate(in, out, new Scram(password));
        login.awaitReady(in);
        return login;
    }

    private void authenticate(WireInput in, WireOutput out, Scram scram)
            throws IOException, LoginRefused, GeneralSecurityException {
        while (true) {
            Message.Reader reader = new Message.Reader(expect(in, 'R'));
            int request = reader.int32();
            if (request == OK) {
                return;
            }
            if (request == SASL) {
                byte[] first = scram.first().getBytes(StandardCharsets.UTF_8);
                out.write(
                        'p',
                        new Message.Writer()
                                .string(Scram.MECHANISM)
                                .int32(first.length)
                                .bytes(first)
                                .toBytes());
                out.flush();
            } else if (request == SASL_CONTINUE) {
                String serverFirst = new String(reader.rest(), StandardCharsets.UTF_8);
                out.write('p', scram.answer(serverFirst).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private void awaitReady(WireInput in) throws IOException, LoginRefused {
        while (true) {
            int type = in.type();
            byte[] body = type < 0 ? new byte[0] : in.body();
            switch (type) {
                case 'S' -> {
                    Message.Reader reader = new Message.Reader(body);
                    parameters.put(reader.string(), reader.string());
                }
                case 'K' -> {
                    Message.Reader reader = new Message.Reader(body);
                    pid = reader.int32();
                    key = reader.int32();
                }
                case 'E' -> throw new LoginRefused(body);
                case 'Z' -> {
                    return;
                }
                case -1 -> throw new EOFException("PostgreSQL closed the connection during login");
                default -> {
                    // notices
                }
            }
        }
    }

    private static byte[] expect(WireInput in, char expected) throws IOException, LoginRefused {
        int type = in.type();
        if (type < 0) {
            throw new EOFException("PostgreSQL closed the connection during login");
        }
        byte[] body = in.body();
        if (type == 'E') {
            throw new LoginRefused(body);
        }
        if (type != expected) {
            throw new IOException("expected message " + expected + " during login, got " + (char) type);
        }
        return body;
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    public int pid() {
        return pid;
    }

    public int key() {
        return key;
    }
}
