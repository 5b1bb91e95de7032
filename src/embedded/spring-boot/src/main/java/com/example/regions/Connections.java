package com.example.regions;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import javax.sql.DataSource;
import org.caravan.databricks.DatabricksComponent;
import org.caravan.ledger.Ledger;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StartedBy;
import org.caravan.ledger.store.JdbcLedger;
import org.caravan.redshift.RedshiftComponent;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What Caravan finds among the beans: data sources by name, a client for Amazon S3, the ledger, and its components' options. */
@Configuration(proxyBeanMethods = false)
class Connections {
    @Bean
    HikariDataSource shop(Environment settings) {
        return pool(settings, "shop");
    }

    @Bean
    HikariDataSource redshift(Environment settings) {
        return pool(settings, "redshift");
    }

    @Bean
    HikariDataSource databricks(Environment settings) {
        HikariDataSource pool = pool(settings, "databricks");
        // Instants are compared as microseconds in UTC.
        pool.setConnectionInitSql("SET TIME ZONE 'UTC'");
        return pool;
    }

    @Bean
    HikariDataSource ledgerDatabase(Environment settings) {
        return pool(settings, "ledger");
    }

    @Bean
    S3Client s3(Environment settings) {
        return S3Client.builder()
                .region(Region.of(settings.getRequiredProperty("s3.region")))
                .endpointOverride(URI.create(settings.getRequiredProperty("s3.endpoint")))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        settings.getRequiredProperty("s3.access-key"), settings.getRequiredProperty("s3.secret-key"))))
                .build();
    }

    @Bean(destroyMethod = "close")
    Ledger ledger(@Qualifier("ledgerDatabase") DataSource database) {
        return new JdbcLedger(
                database,
                Origin.here(StartedBy.APPLICATION, "regions 1.0"),
                Secrets.NONE,
                JdbcLedger.DEFAULT_LOCK_EXPIRY);
    }

    @Bean("caravan-redshift")
    RedshiftComponent redshiftComponent(@Value("${redshift.copy.iam-role}") String role) {
        RedshiftComponent component = new RedshiftComponent();
        component.setIamRole(role);
        return component;
    }

    @Bean("caravan-databricks")
    DatabricksComponent databricksComponent(@Value("${databricks.catalog}") String catalog) {
        DatabricksComponent component = new DatabricksComponent();
        component.setCatalog(catalog);
        return component;
    }

    private static HikariDataSource pool(Environment settings, String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(settings.getRequiredProperty(name + ".url"));
        pool.setUsername(settings.getRequiredProperty(name + ".user"));
        pool.setPassword(settings.getRequiredProperty(name + ".password"));
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }
}
