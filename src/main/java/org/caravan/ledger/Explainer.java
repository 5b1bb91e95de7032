package org.caravan.ledger;

import java.util.Optional;

/**
 * Turns an error of a library into what a user can act on. Each package that brings a stock component into a route explains that
 * component's errors; implementations are found by {@link java.util.ServiceLoader} and must be stateless.
 */
public interface Explainer {
    /**
     * Explains one exception of a chain of causes, or nothing if it is not known here.
     *
     * @param step the step that the run was in
     */
    Optional<Failure> explain(Throwable error, Step step);
}
