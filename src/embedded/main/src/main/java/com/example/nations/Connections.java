package com.example.nations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.EmbeddedFile;
import org.caravan.ledger.store.JdbcLedger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What Caravan finds in the registry: data sources by name, a client for Amazon S3, the ledger. */
public class Connections implements CamelConfiguration {
    @Override
    public void configure(CamelContext context) {
        bind(context, "shop", new HikariDataSource(pool(context, "shop")));
        bind(context, "redshift", new HikariDataSource(pool(context, "redshift")));
        HikariConfig databricks = pool(context, "databricks");
        // Instants are compared as microseconds in UTC.
        databricks.setConnectionInitSql("SET TIME ZONE 'UTC'");
        bind(context, "databricks", new HikariDataSource(databricks));
        bind(context, "s3", s3(context));
        bind(context, "ledger", ledger(context));
    }

    private static void bind(CamelContext context, String name, Object bean) {
        context.getRegistry().bind(name, bean, null, "close");
    }

    private static S3Client s3(CamelContext context) {
        return S3Client.builder()
                .region(Region.of(setting(context, "s3.region")))
                .endpointOverride(URI.create(setting(context, "s3.endpoint")))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        setting(context, "s3.access-key"), setting(context, "s3.secret-key"))))
                .build();
    }

    private static JdbcLedger ledger(CamelContext context) {
        return new JdbcLedger(
                EmbeddedFile.at(setting(context, "ledger.url"), "sa", ""),
                Origin.here(StartedBy.APPLICATION, "nations 1.0"),
                Secrets.NONE,
                JdbcLedger.DEFAULT_LOCK_EXPIRY);
    }

    private static HikariConfig pool(CamelContext context, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(setting(context, name + ".url"));
        config.setUsername(setting(context, name + ".user"));
        config.setPassword(setting(context, name + ".password"));
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        return config;
    }

    private static String setting(CamelContext context, String key) {
        return context.resolvePropertyPlaceholders("{{" + key + "}}");
    }
}
