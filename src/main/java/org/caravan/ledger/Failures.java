package org.caravan.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.RejectedExecutionException;

/** Finds the one message for an exception that ended a run; stateless. */
public final class Failures {
    private static final int DEEPEST_CAUSE = 32;

    private Failures() {}

    /** Explains an exception by the innermost cause that says something to a user. */
    public static Failure of(Throwable error, Step step) {
        List<Throwable> chain = chain(error);
        for (Throwable cause : chain) {
            if (cause instanceof CaravanException known) {
                return new Failure(known.category(), known.getMessage());
            }
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            for (Explainer explainer : ServiceLoader.load(Explainer.class, Failures.class.getClassLoader())) {
                Optional<Failure> failure = explainer.explain(chain.get(i), step);
                if (failure.isPresent()) {
                    return failure.get();
                }
            }
        }
        for (Throwable cause : chain) {
            if (cause instanceof InterruptedException || cause instanceof RejectedExecutionException) {
                return new Failure(Category.INTERRUPTED, "The run was stopped in step " + step.label() + ".");
            }
        }
        Throwable root = chain.get(chain.size() - 1);
        String message = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
        return new Failure(step.category(), "Step " + step.label() + " failed: " + message);
    }

    private static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && chain.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
