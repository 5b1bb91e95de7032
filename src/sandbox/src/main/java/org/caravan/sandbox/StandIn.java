package org.caravan.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.caravan.sandbox.control.ControlServer;
import org.caravan.sandbox.control.FaultDesk;
import org.caravan.sandbox.control.Faults;

/**
 * The life of a stand-in process: it starts, says on standard output that it is ready, and ends when its owner ends.
 *
 * <p>The owner holds the other end of the stand-in's standard input. When that end closes, because the owner closed it, ended
 * or was killed, the stand-in stops; SIGTERM stops it as well. The one line on standard output is a JSON object with the
 * stand-in's facts ({@code {"ready":true,"port":…}}, or {@code {"ready":false,"error":"…"}}); everything else goes to standard
 * error.
 *
 * <p>With {@code --control-token T} (and {@code --control-port P}, else a free one) it opens a {@link ControlServer}, whose port is
 * among the facts.
 */
public final class StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a shell says of a process that ended by SIGKILL. */
    private static final int KILLED = 137;

    /** A running stand-in: what its owner should know of it, and how to stop it. */
    public interface Running extends AutoCloseable {
        /** Facts for the owner, such as {@code port}; written as JSON on the ready line. */
        Map<String, Object> facts();

        /** Where faults are ordered; a stand-in that knows none refuses every order. */
        default FaultDesk faults() {
            return new Faults(List.of());
        }

        /** Ends the processes that this one started, as a kill would; the next thing is this process's own sudden end. */
        default void kill() {}

        @Override
        void close() throws Exception;
    }

    /** Starts a stand-in by its options. */
    public interface Start {
        Running start(Options options) throws Exception;
    }

    private StandIn() {}

    /** Starts the stand-in and blocks until its owner ends; never returns normally. */
    public static void serve(String name, String[] args, Start start) {
        PrintStream ready = System.out;
        System.setOut(System.err);
        Running running;
        Map<String, Object> line = new LinkedHashMap<>();
        try {
            Options options = new Options(args);
            running = start.start(options);
            line.put("ready", true);
            line.put("name", name);
            line.put("pid", ProcessHandle.current().pid());
            line.putAll(running.facts());
            if (options.find("control-token").isPresent()) {
                line.put("controlPort", control(options, running).port());
            }
        } catch (Exception e) {
            e.printStackTrace();
            report(ready, Map.of("ready", false, "name", name, "error", String.valueOf(e.getMessage())));
            Runtime.getRuntime().halt(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(name, running, stopped), name + "-stop"));
        report(ready, line);
        awaitOwner();
        System.exit(0);
    }

    private static ControlServer control(Options options, Running running) throws IOException {
        return ControlServer.start(options.port("control-port"), options.get("control-token"), running.faults(), () -> {
            running.kill();
            Runtime.getRuntime().halt(KILLED);
        });
    }

    private static void report(PrintStream out, Map<String, Object> line) {
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (IOException e) {
            throw new IllegalStateException("the ready line cannot be written as JSON", e);
        }
        out.flush();
    }

    /** Blocks until the other end of this process's standard input closes. */
    public static void awaitOwner() {
        InputStream owner = System.in;
        try {
            while (owner.read() >= 0) {
                // The owner says nothing; the end of its stream is the message.
            }
        } catch (IOException e) {
            // A broken stream is the owner's end as well.
        }
    }

    private static void close(String name, Running running, CountDownLatch stopped) {
        try {
            running.close();
        } catch (Exception e) {
            System.err.println(name + ": stopping failed: " + e);
        } finally {
            stopped.countDown();
        }
    }

    /** Reads {@code --key value} pairs. */
    public static final class Options {
        private final Map<String, String> values = new LinkedHashMap<>();

        public Options(String... args) {
            for (int i = 0; i < args.length; i += 2) {
                if (!args[i].startsWith("--") || i + 1 == args.length) {
                    throw new IllegalArgumentException("expected --key value, found '" + args[i] + "'");
                }
                values.put(args[i].substring(2), args[i + 1]);
            }
        }

        public String get(String key) {
            return find(key).orElseThrow(() -> new IllegalArgumentException("missing option --" + key));
        }

        public Optional<String> find(String key) {
            return Optional.ofNullable(values.get(key));
        }

        public int port(String key) {
            return find(key).map(Integer::parseInt).orElse(0);
        }
    }
}
