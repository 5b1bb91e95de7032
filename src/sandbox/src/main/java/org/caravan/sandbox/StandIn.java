package org.caravan.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * The life of a stand-in process: it starts, says on standard output that it is ready, and ends when its owner ends.
 *
 * <p>The owner holds the other end of the stand-in's standard input. When that end closes, because the owner closed it, ended
 * or was killed, the stand-in stops; SIGTERM stops it as well. The one line on standard output is a JSON object with the
 * stand-in's facts ({@code {"ready":true,"port":…}}, or {@code {"ready":false,"error":"…"}}); everything else goes to standard
 * error.
 */
public final class StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A running stand-in: what its owner should know of it, and how to stop it. */
    public interface Running extends AutoCloseable {
        /** Facts for the owner, such as {@code port}; written as JSON on the ready line. */
        Map<String, Object> facts();

        @Override
        void close() throws Exception;
    }

    private StandIn() {}

    /** Starts the stand-in and blocks until its owner ends; never returns normally. */
    public static void serve(String name, Callable<? extends Running> start) {
        PrintStream ready = System.out;
        System.setOut(System.err);
        Running running;
        try {
            running = start.call();
        } catch (Exception e) {
            e.printStackTrace();
            report(ready, Map.of("ready", false, "name", name, "error", String.valueOf(e.getMessage())));
            Runtime.getRuntime().halt(1);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(name, running, stopped), name + "-stop"));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ready", true);
        line.put("name", name);
        line.put("pid", ProcessHandle.current().pid());
        line.putAll(running.facts());
        report(ready, line);
        awaitOwner();
        System.exit(0);
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
