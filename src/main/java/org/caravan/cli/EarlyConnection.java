package org.caravan.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.caravan.databricks.DatabricksEndpoint;
import org.caravan.redshift.RedshiftEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a pipeline's first connection to Databricks while Redshift loads, which is when it is certain that the verification will
 * need it soon: a warehouse is not woken for a query that fails or takes an hour. If it does not open, the verification tries
 * again and tells why. Thread-safe.
 */
final class EarlyConnection extends SimpleEventNotifierSupport {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyConnection.class);

    private final AtomicReference<Optional<DataSource>> awaited = new AtomicReference<>(Optional.empty());

    EarlyConnection() {
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeSentEvents(false);
    }

    /** Says which pipeline of a started context is about to run. */
    void expect(CamelContext context, String pipeline) {
        awaited.set(dataSource(context, pipeline)
                .map(bean -> context.getRegistry().lookupByNameAndType(bean, DataSource.class)));
    }

    private static Optional<String> dataSource(CamelContext context, String pipeline) {
        try {
            return RouteSteps.of(context, pipeline).stream()
                    .filter(RouteSteps.To.class::isInstance)
                    .map(step -> ((RouteSteps.To) step).endpoint())
                    .filter(DatabricksEndpoint.class::isInstance)
                    .map(endpoint -> ((DatabricksEndpoint) endpoint).getDataSource())
                    .findFirst();
        } catch (RuntimeException e) {
            LOG.debug("The steps of pipeline {} cannot be told", pipeline, e);
            return Optional.empty();
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeSendingEvent sending
                && sending.getEndpoint() instanceof RedshiftEndpoint redshift
                && redshift.getAction().equals("load");
    }

    @Override
    public void notify(CamelEvent event) {
        Optional<DataSource> source = awaited.getAndSet(Optional.empty());
        if (source.isPresent()) {
            CompletableFuture<Boolean> opened = Ahead.of("databricks", () -> opens(source.get()));
            LOG.debug("Connecting to Databricks ahead: {}", opened);
        }
    }

    private static boolean opens(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return !connection.isClosed();
        } catch (SQLException e) {
            LOG.debug("Databricks does not answer yet", e);
            return false;
        }
    }
}
