package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EarlyConnectionTest {
    private final CamelContext context = new DefaultCamelContext();
    private final EarlyConnection early = new EarlyConnection();
    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        context.getRegistry().bind("databricks", DataSource.class, source(() -> {
            connections.incrementAndGet();
            throw new SQLException("asleep");
        }));
        context.getManagementStrategy().addEventNotifier(early);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:verified")
                        .routeId("verified")
                        .to("caravan-redshift:load")
                        .to("caravan-databricks:refresh?catalog=fed");
                from("direct:loaded").routeId("loaded").to("caravan-redshift:load");
                from("direct:queried")
                        .routeId("queried")
                        .setBody(constant(""))
                        .throwException(new IllegalStateException("no rows"))
                        .to("caravan-redshift:load")
                        .to("caravan-databricks:refresh?catalog=fed");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void connectsWhenThePipelineLoads() {
        early.expect(context, "verified");
        assertThat(connections).hasValue(0);

        fail("verified");

        await().untilAsserted(() -> assertThat(connections).hasValue(1));
    }

    @Test
    void connectsOnlyForAPipelineThatVerifies() {
        early.expect(context, "loaded");

        fail("loaded");
        // The one that does connect, to know that there was time for the other.
        early.expect(context, "verified");
        fail("verified");

        await().untilAsserted(() -> assertThat(connections).hasValue(1));
    }

    @Test
    void connectsToNothingIfThePipelineFailsBefore() {
        early.expect(context, "queried");

        fail("queried");

        assertThat(connections).hasValue(0);
    }

    @Test
    void keepsNobodyFromClosingThePool() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source(() -> {
            connecting.countDown();
            answer.await();
            throw new SQLException("too late");
        }));
        LazyPool pool = new LazyPool(config);
        Thread opener = new Thread(() -> assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class));
        opener.start();
        connecting.await();

        pool.close();

        assertThat(opener.isAlive()).isTrue();
        answer.countDown();
        opener.join();
    }

    /** There is no run, so the load refuses. */
    private void fail(String pipeline) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            assertThatThrownBy(() -> template.sendBody("direct:" + pipeline, ""))
                    .isInstanceOf(CamelExecutionException.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Connecting {
        Connection connect() throws Exception;
    }

    private static DataSource source(Connecting connecting) {
        return (DataSource) Proxy.newProxyInstance(
                EarlyConnectionTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, arguments) -> method.getName().equals("getConnection")
                        ? connecting.connect()
                        : answer(method.getReturnType()));
    }

    private static Object answer(Class<?> type) {
        return type == int.class ? 0 : type == boolean.class ? Boolean.FALSE : null;
    }
}
