package org.caravan.sandbox.redshift.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What becomes of PostgreSQL's answer to one message. Called by the backend's pump only. */
public interface Answer {
    void message(char type, byte[] body) throws IOException;

    void error(byte[] body) throws IOException;

    /** The client gets the answer as it is, but for what only PostgreSQL would say. */
    static Answer relay(WireOutput client) {
        return relay(client, ResultTypes.untouched());
    }

    static Answer relay(WireOutput client, ResultTypes types) {
        return new Answer() {
            @Override
            public void message(char type, byte[] body) throws IOException {
                client.write(type, types.translate(type, body));
            }

            @Override
            public void error(byte[] body) throws IOException {
                client.write('E', ErrorWords.translate(body));
            }
        };
    }

    /** Nobody gets the answer; an error still reaches the client. */
    static Answer hidden(WireOutput client) {
        return new Answer() {
            @Override
            public void message(char type, byte[] body) {}

            @Override
            public void error(byte[] body) throws IOException {
                client.write('E', ErrorWords.translate(body));
            }
        };
    }

    /** Whatever PostgreSQL's error is, the client gets this one. */
    static Answer refusal(WireOutput client, SqlError error) {
        return new Answer() {
            @Override
            public void message(char type, byte[] body) {}

            @Override
            public void error(byte[] body) throws IOException {
                client.write('E', error.body());
            }
        };
    }

    /** Only messages of the given types reach the client: what a simple query shows of an extended one. */
    static Answer only(String types, Answer answer) {
        return new Answer() {
            @Override
            public void message(char type, byte[] body) throws IOException {
                if (types.indexOf(type) >= 0) {
                    answer.message(type, body);
                }
            }

            @Override
            public void error(byte[] body) throws IOException {
                answer.error(body);
            }
        };
    }

    /** Collects the rows of a hidden query as text. */
    static Answer rows(WireOutput client, Consumer<List<String>> row) {
        return new Answer() {
            @Override
            public void message(char type, byte[] body) {
                if (type == 'D') {
                    Message.Reader reader = new Message.Reader(body);
                    int columns = reader.int16();
                    List<String> values = new ArrayList<>(columns);
                    for (int i = 0; i < columns; i++) {
                        int length = reader.int32();
                        values.add(
                                length < 0
                                        ? ""
                                        : new String(reader.bytes(length), java.nio.charset.StandardCharsets.UTF_8));
                    }
                    row.accept(values);
                }
            }

            @Override
            public void error(byte[] body) throws IOException {
                client.write('E', ErrorWords.translate(body));
            }
        };
    }
}
