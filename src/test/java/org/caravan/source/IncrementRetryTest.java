package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.ledger.Sha256;
import org.junit.jupiter.api.Test;

/** A run that is done again, of a query that reads increments. */
class IncrementRetryTest {
    private static final String SQL = "SELECT x AS id FROM system_range(0, 9) WHERE x >= :lowWater AND x < :highWater";

    @Test
    void readsFromTheMarkAndNotFromWhereTheFirstAttemptDid() throws Exception {
        DataSource source = (DataSource) Proxy.newProxyInstance(
                IncrementRetryTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> DriverManager.getConnection("jdbc:h2:mem:"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("source", DataSource.class, source);
            context.start();
            Producer producer = context.getEndpoint("caravan-query:numbers?dataSource=source&watermark=id"
                            + "&watermarkType=bigint&watermarkStart=2&sql=RAW(" + SQL + ")")
                    .createProducer();
            producer.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty(Runs.SAME_QUERY, Sha256.of(SQL));
            exchange.setProperty(QueryConstants.GIVEN, Map.of("lowWater", "5", "highWater", "6"));

            producer.process(exchange);

            Run run = Runs.find(exchange).orElseThrow();
            assertThat(run.parameters().increment().orElseThrow().low()).isEqualTo("2");
            assertThat(run.parameters().increment().orElseThrow().high()).isEqualTo("10");
        }
    }
}
