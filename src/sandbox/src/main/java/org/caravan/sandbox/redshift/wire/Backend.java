package org.caravan.sandbox.redshift.wire;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session on PostgreSQL. The client's thread sends; a pump thread of its own reads, and gives every message to the
 * {@link Answer} that was registered with the request it belongs to.
 *
 * <p>After an error PostgreSQL ignores everything up to the next Sync; so does the list of expected answers.
 */
public final class Backend implements AutoCloseable {
    /** The requests that PostgreSQL answers one by one, and the messages that end each answer. */
    public enum Request {
        PARSE('P', "1"),
        BIND('B', "2"),
        DESCRIBE('D', "Tn"),
        EXECUTE('E', "CIs"),
        COPY_IN('E', "CG"),
        COPY_END('c', "C"),
        CLOSE('C', "3"),
        SYNC('S', "Z");

        private final char type;
        private final String last;

        Request(char type, String last) {
            this.type = type;
            this.last = last;
        }
    }

    private record Expected(Request request, Answer answer) {}

    private final Socket socket;
    private final WireInput in;
    private final WireOutput out;
    private final WireOutput client;
    private final Deque<Expected> expected = new ArrayDeque<>();
    private boolean skipping;
    private boolean ended;
    private char transaction = 'I';
    private int hiddenStatements;
    private final List<String> leftOver = new ArrayList<>();
    private volatile Optional<String> cancelMessage = Optional.empty();

    public Backend(Socket socket, WireInput in, WireOutput out, WireOutput client) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.client = client;
    }

    /** Sends a request whose answer goes where it is told; nothing is sent while PostgreSQL would ignore it. */
    public void send(Request request, byte[] body, Answer answer) throws IOException {
        synchronized (expected) {
            if (ended) {
                throw new IOException("the PostgreSQL session has ended");
            }
            if (skipping && request != Request.SYNC) {
                return;
            }
            skipping = false;
            expected.add(new Expected(request, answer));
        }
        out.write(request.type, body);
    }

    public void flush() throws IOException {
        out.write('H', new byte[0]);
        out.flush();
    }

    /** Waits until everything sent is answered; false if PostgreSQL failed and ignores everything until the next Sync. */
    public boolean settle() throws IOException {
        flush();
        synchronized (expected) {
            while (!expected.isEmpty() && !ended) {
                try {
                    expected.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for PostgreSQL", e);
                }
            }
            if (ended) {
                throw new IOException("the PostgreSQL session has ended");
            }
            return !skipping;
        }
    }

    /** Fails the client's statement with this error, and PostgreSQL's transaction with it. */
    public void refuse(SqlError error) throws IOException {
        // PostgreSQL refuses a statement that is none, even in a failed transaction, and the client reads our words for
        // it.
        byte[] parse = new Message.Writer()
                .string("caravan_refused")
                .string("!")
                .int16(0)
                .toBytes();
        send(Request.PARSE, parse, Answer.refusal(client, error));
    }

    /** Runs a statement that the client does not see; false if it failed, and then the client has the error. */
    public boolean run(String sql, Answer answer) throws IOException {
        String name = hiddenName();
        closeLeftOver();
        send(
                Request.PARSE,
                new Message.Writer().string(name).string(sql).int16(0).toBytes(),
                Answer.hidden(client));
        send(Request.BIND, bind(name), Answer.hidden(client));
        send(Request.EXECUTE, new Message.Writer().string(name).int32(0).toBytes(), answer);
        close('S', name);
        close('P', name);
        boolean done = settle();
        if (!done) {
            leftOver.add(name);
        }
        return done;
    }

    private void close(char kind, String name) throws IOException {
        send(Request.CLOSE, new Message.Writer().byte1(kind).string(name).toBytes(), Answer.hidden(client));
    }

    /** A prepared statement survives the failure after which PostgreSQL did not listen to its being closed. */
    private void closeLeftOver() throws IOException {
        if (!leftOver.isEmpty() && settle()) {
            for (String name : leftOver) {
                close('S', name);
            }
            leftOver.clear();
        }
    }

    public boolean run(String sql) throws IOException {
        return run(sql, Answer.hidden(client));
    }

    /** The rows of a hidden query, NULL as empty text; empty if it failed, too ({@link #settle} tells). */
    public List<List<String>> query(String sql) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        run(sql, Answer.rows(client, rows::add));
        return rows;
    }

    /** Starts COPY FROM STDIN; false if PostgreSQL refused it, and then the client has the error. */
    public boolean startCopy(String sql) throws IOException {
        String name = hiddenName();
        send(
                Request.PARSE,
                new Message.Writer().string(name).string(sql).int16(0).toBytes(),
                Answer.hidden(client));
        send(Request.BIND, bind(name), Answer.hidden(client));
        send(Request.COPY_IN, new Message.Writer().string(name).int32(0).toBytes(), Answer.hidden(client));
        leftOver.add(name);
        if (!settle()) {
            return false;
        }
        synchronized (expected) {
            // PostgreSQL may fail while data are still arriving, long after it accepted the COPY.
            expected.add(new Expected(Request.COPY_END, Answer.hidden(client)));
        }
        return true;
    }

    /** Sends a piece of COPY data; false if PostgreSQL has failed meanwhile. */
    public boolean copyData(byte[] data, int length) throws IOException {
        synchronized (expected) {
            if (ended) {
                throw new IOException("the PostgreSQL session has ended");
            }
            if (skipping) {
                return false;
            }
        }
        out.write('d', data, length);
        return true;
    }

    public boolean endCopy() throws IOException {
        synchronized (expected) {
            if (skipping) {
                return false;
            }
        }
        out.write('c', new byte[0]);
        return settle();
    }

    /** Gives up a COPY; the client reads this error. */
    public void failCopy(SqlError error) throws IOException {
        synchronized (expected) {
            if (skipping) {
                return;
            }
            expected.clear();
            expected.add(new Expected(Request.COPY_END, Answer.refusal(client, error)));
        }
        out.write('f', new Message.Writer().string(error.message()).toBytes());
        settle();
    }

    /** Sees the messages of an answer that nobody else gets. */
    public interface Messages {
        void message(char type, byte[] body);
    }

    /** A name that no other hidden statement of the session has. */
    String hiddenName() {
        return "caravan_hidden_" + hiddenStatements++;
    }

    /** The client gets nothing of an answer but its error. */
    public Answer hidden() {
        return Answer.hidden(client);
    }

    public Answer hidden(Messages messages) {
        Answer answer = Answer.hidden(client);
        return new Answer() {
            @Override
            public void message(char type, byte[] body) {
                messages.message(type, body);
            }

            @Override
            public void error(byte[] body) throws IOException {
                answer.error(body);
            }
        };
    }

    private static byte[] bind(String statement) {
        return new Message.Writer()
                .string(statement)
                .string(statement)
                .int16(0)
                .int16(0)
                .int16(0)
                .toBytes();
    }

    /** I outside a transaction block, T inside, E inside a failed one; exact after {@link #settle}. */
    char transaction() {
        synchronized (expected) {
            return transaction;
        }
    }

    /** Whether the transaction block has failed. */
    public boolean failed() {
        return transaction() == 'E';
    }

    /** Lets PostgreSQL listen again after a failure, without the client noticing. */
    public void resume() throws IOException {
        send(Request.SYNC, new byte[0], Answer.hidden(client));
        settle();
    }

    public boolean inBlock() {
        return transaction() != 'I';
    }

    /** Reads until PostgreSQL ends; the owner gives it a thread. */
    public void pump() {
        try {
            int type = in.type();
            while (type >= 0) {
                dispatch((char) type, in.body());
                if (!in.hasMore()) {
                    client.flush();
                }
                type = in.type();
            }
        } catch (IOException e) {
            // Either side has gone; the session ends below.
        } finally {
            synchronized (expected) {
                ended = true;
                transaction = 'E';
                expected.notifyAll();
            }
        }
    }

    private void dispatch(char type, byte[] body) throws IOException {
        if (type == 'N' || type == 'S' || type == 'A') {
            client.write(type, body);
            return;
        }
        Expected first;
        synchronized (expected) {
            first = expected.peek();
        }
        if (first == null) {
            if (type == 'E') {
                // PostgreSQL ends the session, and gives up its locks after this message.
                synchronized (expected) {
                    transaction = 'E';
                }
                client.write('E', body);
            }
            return;
        }
        if (type == 'E') {
            first.answer.error(cancelMessage.isPresent() ? cancelled(body) : body);
            if (first.request != Request.SYNC) {
                skipToSync();
            }
            return;
        }
        if (type == 'C') {
            completed(new Message.Reader(body).string());
        } else if (type == 'Z') {
            synchronized (expected) {
                transaction = (char) body[0];
            }
        }
        first.answer.message(type, body);
        if (first.request.last.indexOf(type) >= 0) {
            synchronized (expected) {
                expected.poll();
                if (expected.isEmpty()) {
                    client.flush();
                    expected.notifyAll();
                }
            }
        }
    }

    /** The words of the next statement that is cancelled; called from another session's thread. */
    public void cancelWith(Optional<String> message) {
        cancelMessage = message;
    }

    private byte[] cancelled(byte[] body) {
        Map<Character, String> fields = SqlError.fields(body);
        if ("57014".equals(fields.get('C'))) {
            fields.put('M', cancelMessage.orElseThrow());
            cancelMessage = Optional.empty();
        }
        return SqlError.body(fields);
    }

    private void completed(String tag) {
        synchronized (expected) {
            switch (tag) {
                case "BEGIN", "START TRANSACTION" -> transaction = 'T';
                case "COMMIT", "ROLLBACK" -> transaction = 'I';
                default -> {
                    // no change
                }
            }
        }
    }

    private void skipToSync() throws IOException {
        client.flush();
        synchronized (expected) {
            while (!expected.isEmpty() && expected.peek().request != Request.SYNC) {
                expected.poll();
            }
            skipping = expected.isEmpty();
            if (transaction == 'T') {
                transaction = 'E';
            }
            if (expected.isEmpty()) {
                expected.notifyAll();
            }
        }
    }

    /** Ends the session at once; a statement that is still running is the caller's to cancel. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
