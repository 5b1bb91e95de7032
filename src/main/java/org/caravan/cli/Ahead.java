package org.caravan.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work done on a thread of its own before it is asked for, while another does something else. Stateless. */
final class Ahead {
    private Ahead() {}

    /**
     * Begins some work now.
     *
     * @param name names the thread, which does not keep the process from ending
     */
    static <T> CompletableFuture<T> of(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "caravan-ahead-" + name);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** What the work gave, waited for; throws what it threw. */
    static <T> T result(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
