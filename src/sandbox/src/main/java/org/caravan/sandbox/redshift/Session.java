package org.caravan.sandbox.redshift;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.caravan.sandbox.redshift.statement.DuplicateRemoval;
import org.caravan.sandbox.redshift.statement.LateViews;
import org.caravan.sandbox.redshift.statement.Plan;
import org.caravan.sandbox.redshift.statement.Settings;
import org.caravan.sandbox.redshift.statement.StatementRewriter;
import org.caravan.sandbox.redshift.statement.TableAppend;
import org.caravan.sandbox.redshift.syntax.LongNames;
import org.caravan.sandbox.redshift.syntax.Names;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.transaction.Footprint;
import org.caravan.sandbox.redshift.transaction.TransactionControl;
import org.caravan.sandbox.redshift.wire.Answer;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.Message;
import org.caravan.sandbox.redshift.wire.NameRestorer;
import org.caravan.sandbox.redshift.wire.ResultTypes;
import org.caravan.sandbox.redshift.wire.SqlError;
import org.caravan.sandbox.redshift.wire.StartupPacket;
import org.caravan.sandbox.redshift.wire.WireInput;
import org.caravan.sandbox.redshift.wire.WireOutput;

/** One client's session after login: takes its requests one by one and carries them out. Runs in the client's thread. */
final class Session {
    private static final Pattern DECIMAL = Pattern.compile("\\b(numeric|decimal)\\s*\\(", Pattern.CASE_INSENSITIVE);

    /** A statement that the client has prepared. */
    private record Prepared(String text, Plan plan, ResultTypes types, Footprint footprint, boolean asksForNames) {
        static Prepared empty() {
            return new Prepared("", new Plan.Forward(""), new ResultTypes(), Footprint.none(), false);
        }
    }

    private final WireInput in;
    private final WireOutput client;
    private final Backend backend;
    private final Connections connections;
    private final StartupPacket startup;
    private final DataMovement movement;
    private final TransactionControl transactions;
    private final LateViews lateViews;
    private final StatementFaults faults;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Prepared> portals = new HashMap<>();
    private boolean caseSensitive;

    Session(WireInput in, WireOutput client, Backend backend, Connections connections, StartupPacket startup, int pid) {
        this.in = in;
        this.client = client;
        this.backend = backend;
        this.connections = connections;
        this.startup = startup;
        this.movement = new DataMovement(connections.cluster(), client, backend, startup, pid);
        this.transactions = new TransactionControl(
                backend, connections.serialization(), connections.conflicts(), startup.database(), pid);
        this.lateViews = new LateViews(backend, connections.lateViews(), startup.database());
        this.faults = new StatementFaults(connections.faults(), client, backend, this::cancel);
    }

    /** Serves until the client says that it ends (true) or just goes (false). */
    boolean serve() throws IOException {
        lateViews.load();
        while (true) {
            int type = in.type();
            if (type < 0) {
                return false;
            }
            byte[] body = in.body();
            switch (type) {
                case 'P' -> parse(body);
                case 'B' -> bind(body);
                case 'D' -> describe(body);
                case 'E' -> execute(body);
                case 'C' -> close(body);
                case 'H' -> backend.flush();
                case 'S' -> sync();
                case 'Q' -> simpleQuery(new Message.Reader(body).string());
                case 'X' -> {
                    return true;
                }
                case 'F' -> {
                    backend.refuse(
                            SqlError.error(SqlError.NOT_SUPPORTED, "function calls of the protocol are not supported"));
                    sync();
                }
                default -> {
                    // COPY data of a client whose COPY FROM STDIN was refused
                }
            }
        }
    }

    private void sync() throws IOException {
        transactions.beforeSync();
        backend.send(Backend.Request.SYNC, new byte[0], Answer.relay(client));
        backend.flush();
        faults.synced();
    }

    private void parse(byte[] body) throws IOException {
        Message.Reader reader = new Message.Reader(body);
        String name = reader.string();
        String sql = reader.string();
        byte[] types = reader.rest();
        Prepared prepared;
        try {
            List<List<Token>> parts = SqlTokenizer.statements(sql);
            if (parts.size() > 1) {
                throw new StatementRefused(
                        SqlError.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
            }
            prepared = parts.isEmpty() ? Prepared.empty() : prepare(parts.get(0));
        } catch (StatementRefused e) {
            statements.remove(name);
            backend.refuse(e.error());
            return;
        }
        statements.put(name, prepared);
        Message.Writer parse = new Message.Writer().string(name).string(prepared.plan.sql());
        Message.Reader oids = new Message.Reader(types);
        int count = oids.int16();
        parse.int16(count);
        for (int i = 0; i < count; i++) {
            parse.int32(ResultTypes.fromClient(oids.int32()));
        }
        backend.send(Backend.Request.PARSE, parse.toBytes(), Answer.relay(client));
        learnTypes(name, prepared);
    }

    private void learnTypes(String statement, Prepared prepared) throws IOException {
        if (DECIMAL.matcher(prepared.plan.sql()).find()) {
            backend.send(
                    Backend.Request.DESCRIBE,
                    new Message.Writer().byte1('S').string(statement).toBytes(),
                    backend.hidden(prepared.types::learn));
        }
    }

    /** Decides how a statement is carried out, and takes the locks that it needs before PostgreSQL hears of it. */
    private Prepared prepare(List<Token> statement) throws IOException {
        connections.flavour().check(statement);
        connections.names().remember(statement, caseSensitive);
        List<Token> folded = Names.fold(connections.names().inLiterals(statement), caseSensitive);
        Plan plan = StatementRewriter.plan(folded, caseSensitive);
        Footprint footprint = Footprint.of(folded);
        transactions.before(footprint);
        List<Token> expanded = lateViews.expand(folded);
        if (!expanded.equals(folded)) {
            plan = StatementRewriter.plan(expanded, caseSensitive);
        }
        return new Prepared(
                SqlTokenizer.join(statement), plan, new ResultTypes(), footprint, LongNames.asksForNames(folded));
    }

    private void bind(byte[] body) throws IOException {
        Message.Reader reader = new Message.Reader(body);
        String portal = reader.string();
        Prepared prepared = statements.get(reader.string());
        if (prepared != null) {
            portals.put(portal, prepared);
            transactions.before(prepared.footprint);
        } else {
            portals.remove(portal);
        }
        boolean shortens = prepared != null
                && prepared.asksForNames
                && !connections.names().isEmpty();
        backend.send(
                Backend.Request.BIND,
                shortens
                        ? NameRestorer.parameters(
                                body, text -> connections.names().known(text).orElse(text))
                        : body,
                Answer.relay(client));
    }

    private void describe(byte[] body) throws IOException {
        Message.Reader reader = new Message.Reader(body);
        Prepared prepared = (reader.character() == 'S' ? statements : portals).get(reader.string());
        ResultTypes types = prepared == null ? ResultTypes.untouched() : prepared.types;
        backend.send(Backend.Request.DESCRIBE, body, Answer.relay(client, types));
    }

    private void close(byte[] body) throws IOException {
        Message.Reader reader = new Message.Reader(body);
        (reader.character() == 'S' ? statements : portals).remove(reader.string());
        backend.send(Backend.Request.CLOSE, body, Answer.relay(client));
    }

    private void execute(byte[] body) throws IOException {
        Prepared prepared = portals.get(new Message.Reader(body).string());
        if (prepared == null) {
            backend.send(Backend.Request.EXECUTE, body, Answer.relay(client));
        } else {
            execute(prepared, body);
        }
    }

    private void execute(Prepared prepared, byte[] body) throws IOException {
        if (faults.before(prepared.text)) {
            carryOut(prepared, body);
            faults.carriedOut();
        }
    }

    private void carryOut(Prepared prepared, byte[] body) throws IOException {
        Plan plan = prepared.plan;
        if (!transactions.mayRun(prepared.footprint)) {
            return;
        }
        if (plan instanceof Plan.Forward forward) {
            movement.query(forward.sql());
            caseSensitive = Settings.caseSensitive(forward.sql(), caseSensitive);
            backend.send(Backend.Request.EXECUTE, body, transactions.words(Answer.relay(client, prepared.types)));
            transactions.afterEnd(prepared.footprint);
            return;
        }
        if (!backend.settle()) {
            return;
        }
        if (plan instanceof Plan.Copy copy) {
            movement.copy(copy.statement());
        } else if (plan instanceof Plan.Unload unload) {
            movement.unload(unload);
        } else if (plan instanceof Plan.Truncate) {
            backend.send(Backend.Request.EXECUTE, body, Answer.relay(client));
            if (backend.settle() && backend.inBlock()) {
                transactions.commit();
            }
        } else if (plan instanceof Plan.Accompanied accompanied) {
            executeAccompanied(accompanied.before(), body, prepared, accompanied.after());
        } else if (plan instanceof Plan.OutsideBlock outside) {
            if (!refusedInBlock(outside.command())) {
                executeAccompanied(outside.before(), body, prepared, outside.after());
            }
        } else if (plan instanceof Plan.Vacuum vacuum) {
            if (!refusedInBlock("VACUUM") && tablesExist(vacuum.tables())) {
                complete("VACUUM");
            }
        } else if (plan instanceof Plan.RemoveDuplicates merge) {
            if (DuplicateRemoval.run(backend, merge)) {
                complete("MERGE");
            }
        } else if (plan instanceof Plan.Cancel cancel) {
            if (connections.cancel(cancel.pid(), startup.user(), cancel.message())) {
                complete("CANCEL");
            } else {
                // https://docs.aws.amazon.com/redshift/latest/dg/r_CANCEL.html
                backend.refuse(SqlError.error(
                        SqlError.INTERNAL,
                        "Session " + cancel.pid() + " does not exist. The session PID might have changed. Check the"
                                + " stl_restarted_sessions system table for details."));
            }
        } else if (plan instanceof Plan.Append append) {
            if (!refusedInBlock("ALTER TABLE APPEND") && TableAppend.run(backend, append)) {
                complete("ALTER TABLE APPEND");
            }
        }
    }

    private void executeAccompanied(List<String> before, byte[] body, Prepared prepared, List<String> after)
            throws IOException {
        for (String sql : before) {
            if (!backend.run(sql)) {
                return;
            }
        }
        backend.send(Backend.Request.EXECUTE, body, transactions.words(Answer.relay(client, prepared.types)));
        for (String sql : after) {
            if (!backend.run(sql)) {
                return;
            }
        }
    }

    private boolean refusedInBlock(String command) throws IOException {
        if (transactions.inBlock()) {
            backend.refuse(SqlError.error("25001", command + " cannot run inside a transaction block"));
            return true;
        }
        return false;
    }

    private boolean tablesExist(List<TableName> tables) throws IOException {
        for (TableName table : tables) {
            if (!backend.run("select 1 from " + table.sql() + " limit 0")) {
                return false;
            }
        }
        return true;
    }

    private void complete(String tag) throws IOException {
        client.write('C', new Message.Writer().string(tag).toBytes());
    }

    /**
     * A simple query is carried out as an extended one without a Sync between its statements: they share one implicit
     * transaction, as PostgreSQL's simple queries do, and COPY may be among them.
     */
    private void simpleQuery(String text) throws IOException {
        try {
            List<List<Token>> parts = SqlTokenizer.statements(text);
            if (parts.isEmpty()) {
                simpleStatement(Prepared.empty());
            }
            for (List<Token> part : parts) {
                simpleStatement(prepare(part));
            }
        } catch (StatementRefused e) {
            backend.refuse(e.error());
        }
        sync();
    }

    private void simpleStatement(Prepared prepared) throws IOException {
        Answer answer = Answer.relay(client, prepared.types);
        backend.send(
                Backend.Request.PARSE,
                new Message.Writer()
                        .string("")
                        .string(prepared.plan.sql())
                        .int16(0)
                        .toBytes(),
                Answer.hidden(client));
        learnTypes("", prepared);
        backend.send(
                Backend.Request.BIND,
                new Message.Writer()
                        .string("")
                        .string("")
                        .int16(0)
                        .int16(0)
                        .int16(0)
                        .toBytes(),
                Answer.hidden(client));
        backend.send(
                Backend.Request.DESCRIBE,
                new Message.Writer().byte1('P').string("").toBytes(),
                Answer.only("T", answer));
        execute(prepared, new Message.Writer().string("").int32(0).toBytes());
    }

    /** The words with which the next cancelled statement ends; {@link #cancel} follows. */
    void cancelWith(Optional<String> message) {
        backend.cancelWith(message);
    }

    /** What was open is undone. */
    void close() {
        transactions.close();
    }

    /** Called from another connection's thread; PostgreSQL hears of it separately. */
    void cancel() {
        movement.cancel();
    }
}
