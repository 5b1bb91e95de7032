package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class ExtractKameletTest {
    private final ExecutorService uploads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopUploads() {
        uploads.shutdownNow();
    }

    @Test
    void leavesColumnsAsTheyAreUnlessTold() throws Exception {
        assertThat(overrides("")).isEqualTo(ColumnOverrides.NONE);
    }

    @Test
    void passesWhatIsSaidOfColumnsOn() throws Exception {
        assertThat(overrides(
                        "              columns: RAW(amount.type=decimal(38,18), \"home town\".rename=Home & Town)"))
                .isEqualTo(new ColumnOverrides(Map.of(
                        "amount",
                        new ColumnOverride(
                                Optional.of(new ColumnType.Decimal(38, 18)),
                                Optional.empty(),
                                OverflowRule.FAIL,
                                NulRule.FAIL),
                        "home town",
                        new ColumnOverride(
                                Optional.empty(), Optional.of("Home & Town"), OverflowRule.FAIL, NulRule.FAIL))));
    }

    private ColumnOverrides overrides(String columns) throws Exception {
        String route =
                """
                - route:
                    from:
                      uri: direct:go
                      steps:
                        - to:
                            uri: kamelet:caravan-extract
                            parameters:
                              pipeline: p
                              sql: select 1
                %s
                """
                        .formatted(columns);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Properties settings = new Properties();
            settings.setProperty("staging.bucket", "b");
            context.getPropertiesComponent().setInitialProperties(settings);
            context.getRegistry().bind("s3", S3Client.class, unusedClient());
            context.getRegistry().bind("caravan-upload", uploads);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("go.camel.yaml", route));
            context.start();
            return context.getEndpoints().stream()
                    .filter(QueryEndpoint.class::isInstance)
                    .map((Endpoint endpoint) -> ((QueryEndpoint) endpoint).overrides())
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static S3Client unusedClient() {
        return (S3Client) Proxy.newProxyInstance(
                ExtractKameletTest.class.getClassLoader(),
                new Class<?>[] {S3Client.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "toString" -> "unused";
                    // The bucket is there.
                    case "close", "headBucket" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
