package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a run was told to stop; once it was, it stays so. Thread-safe. */
public final class StopRequest {
    private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    StopRequest() {}

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits, but not beyond a request; says whether there is one. */
    public boolean await(Duration time) throws InterruptedException {
        return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Gives something that lets the run stop sooner; called once, now if the request is there already. */
    public void onRequest(Runnable action) {
        boolean late;
        synchronized (this) {
            late = isRequested();
            if (!late) {
                actions.add(requireNonNull(action, "action"));
            }
        }
        if (late) {
            run(action);
        }
    }

    /** Takes back what {@link #onRequest} was given. */
    public void forget(Runnable action) {
        actions.remove(action);
    }

    void request() {
        synchronized (this) {
            requested.countDown();
        }
        actions.forEach(StopRequest::run);
        actions.clear();
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("A stop goes on without: {}", e.getMessage(), e);
        }
    }
}
