package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Properties;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A Camel application that knows nothing of Caravan's own host uses the component and the data format from its YAML. */
class PlainCamelIT {
    private static final String ROUTE =
            """
            - route:
                id: export
                from:
                  uri: direct:export
                  steps:
                    - to:
                        uri: caravan-query:export
                        parameters:
                          dataSource: shop
                          sql: "select n_nationkey, n_name from nation order by 1"
                    - marshal:
                        custom:
                          ref: parquet
                    - to: file:%s?fileName=nations.parquet
            """;

    @TempDir
    private Path directory;

    @Test
    void writesAQuerysRowsToAParquetFile() throws Exception {
        Properties settings = SharedSandbox.settings();
        PGSimpleDataSource shop = new PGSimpleDataSource();
        shop.setUrl(settings.getProperty("source.url"));
        shop.setUser(settings.getProperty("source.user"));
        shop.setPassword(settings.getProperty("source.password"));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("shop", shop);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("export.camel.yaml", ROUTE.formatted(directory)));
            context.start();
            try (ProducerTemplate template = context.createProducerTemplate()) {
                template.sendBody("direct:export", "");
            }
        }

        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThat(SharedSandbox.query(
                            duckdb,
                            "select count(*), sum(n_nationkey), max(trim(n_name)) from read_parquet('"
                                    + directory.resolve("nations.parquet") + "')"))
                    .containsExactly(List.of("25", "300", "VIETNAM"));
        }
    }
}
