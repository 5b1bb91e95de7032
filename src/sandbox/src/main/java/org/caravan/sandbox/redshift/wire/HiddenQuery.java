package org.caravan.sandbox.redshift.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query that runs on the client's session without the client seeing it, in its transaction and with its temporary tables. Its
 * rows come piece by piece, so that no result has to fit the memory.
 */
public final class HiddenQuery {
    private static final int ROWS_A_PIECE = 10_000;
    private static final String PORTAL = "caravan_hidden_rows";

    /**
     * A column of the result.
     *
     * @param type the number of the type in pg_type, of the base type for a domain
     * @param modifier the length, or the precision and scale, as pg_attribute.atttypmod has them; -1 if there is none
     */
    public record Column(String name, int type, int modifier) {}

    /** Takes rows one by one, in the thread that reads from PostgreSQL. */
    public interface Rows {
        /** Whatever it throws ends the query, and comes out of {@link #run}. */
        void row(DataRow row) throws Exception;
    }

    private final Backend backend;
    private final String statement;
    private final List<Column> columns;

    private HiddenQuery(Backend backend, String statement, List<Column> columns) {
        this.backend = backend;
        this.statement = statement;
        this.columns = List.copyOf(columns);
    }

    /** Prepares a query; empty if PostgreSQL refused it, and then the client has the error. */
    public static Optional<HiddenQuery> prepare(Backend backend, String sql) throws IOException {
        String statement = backend.hiddenName();
        List<Column> columns = new ArrayList<>();
        backend.send(
                Backend.Request.PARSE,
                new Message.Writer().string(statement).string(sql).int16(0).toBytes(),
                backend.hidden());
        backend.send(
                Backend.Request.DESCRIBE,
                new Message.Writer().byte1('S').string(statement).toBytes(),
                backend.hidden((type, body) -> {
                    if (type == 'T') {
                        describe(body, columns);
                    }
                }));
        return backend.settle() ? Optional.of(new HiddenQuery(backend, statement, columns)) : Optional.empty();
    }

    private static void describe(byte[] body, List<Column> columns) {
        Message.Reader reader = new Message.Reader(body);
        int count = reader.int16();
        for (int i = 0; i < count; i++) {
            String name = reader.string();
            reader.int32();
            reader.int16();
            int type = reader.int32();
            reader.int16();
            columns.add(new Column(name, type, reader.int32()));
            reader.int16();
        }
    }

    public List<Column> columns() {
        return columns;
    }

    /** Forgets a query that is not run; false if the session's transaction has failed before. */
    public boolean discard() throws IOException {
        close('S', statement);
        return backend.settle();
    }

    private void close(char kind, String name) throws IOException {
        backend.send(
                Backend.Request.CLOSE,
                new Message.Writer().byte1(kind).string(name).toBytes(),
                backend.hidden());
    }

    /**
     * Hands every row on, in PostgreSQL's text or binary format; false if PostgreSQL failed, and then the client has the error.
     *
     * @throws RowRefused with what the receiver threw
     */
    public boolean run(boolean binary, Rows rows) throws IOException, RowRefused {
        Message.Writer bind =
                new Message.Writer().string(PORTAL).string(statement).int16(0).int16(0);
        backend.send(
                Backend.Request.BIND, (binary ? bind.int16(1).int16(1) : bind.int16(0)).toBytes(), backend.hidden());
        Piece piece = new Piece(rows);
        do {
            piece.more = false;
            backend.send(
                    Backend.Request.EXECUTE,
                    new Message.Writer().string(PORTAL).int32(ROWS_A_PIECE).toBytes(),
                    backend.hidden(piece));
            if (!backend.settle()) {
                return false;
            }
        } while (piece.more && piece.failure.isEmpty());
        close('P', PORTAL);
        close('S', statement);
        if (!backend.settle()) {
            return false;
        }
        if (piece.failure.isPresent()) {
            throw new RowRefused(piece.failure.get());
        }
        return true;
    }

    /** Filled by the pump's thread; read by the client's after {@link Backend#settle}, which orders the two. */
    private static final class Piece implements Backend.Messages {
        private final Rows rows;
        private final DataRow row = new DataRow();
        private boolean more;
        private Optional<Exception> failure = Optional.empty();

        Piece(Rows rows) {
            this.rows = rows;
        }

        @Override
        public void message(char type, byte[] body) {
            if (type == 's') {
                more = true;
            } else if (type == 'D' && failure.isEmpty()) {
                try {
                    rows.row(row.over(body));
                } catch (Exception e) {
                    failure = Optional.of(e);
                }
            }
        }
    }

    /** A row that its receiver did not take; the cause is what it threw. */
    public static final class RowRefused extends Exception {
        private static final long serialVersionUID = 1L;

        private RowRefused(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }
}
