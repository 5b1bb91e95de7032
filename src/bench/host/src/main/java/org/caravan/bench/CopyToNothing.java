package org.caravan.bench;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/** The source's own speed where there is no psql: the bytes of COPY, not decoded, by one connection for each query. */
public final class CopyToNothing {
    private CopyToNothing() {}

    /** Each argument is a query. */
    public static void main(String... queries) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(queries.length);
        try {
            long begun = System.nanoTime();
            List<Callable<Long>> copies = new ArrayList<>();
            for (String query : queries) {
                copies.add(() -> copy(query));
            }
            for (Future<Long> copy : workers.invokeAll(copies)) {
                copy.get();
            }
            System.out.printf(Locale.ROOT, "{\"seconds\":%.3f}%n", (System.nanoTime() - begun) / 1e9);
        } finally {
            workers.shutdown();
        }
    }

    private static long copy(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                System.getenv("BENCH_URL"), System.getenv("BENCH_USER"), System.getenv("BENCH_PASSWORD"))) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT", OutputStream.nullOutputStream());
        }
    }
}
