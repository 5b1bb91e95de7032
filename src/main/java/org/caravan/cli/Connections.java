package org.caravan.cli;

import com.zaxxer.hikari.HikariConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.camel.spi.Registry;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.settings.DataSourceSettings;
import org.caravan.settings.S3Settings;
import org.caravan.settings.Settings;
import org.caravan.stage.EndpointS3;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The connections that the settings describe, as beans of a registry: a data source for each {@code <name>.url}, and the S3 client
 * that aws2-s3 and the manifest share. Connects to nothing by itself. The owner closes it.
 */
final class Connections implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 8;
    /** Room for several runs of a service at a time. */
    private static final int MAX_S3_CONNECTIONS = 200;

    private static final Duration S3_CONNECT_LIMIT = Duration.ofSeconds(10);
    /** A connection that is silent for so long is given up, and the request tried again. */
    private static final Duration S3_SILENCE_LIMIT = Duration.ofSeconds(60);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<LazyPool> pools = new ArrayList<>();

    /** Binds all connections. The S3 client, which takes a while to make, is made meanwhile; who looks it up waits for it. */
    void bind(Settings settings, Registry registry) {
        bindDataSources(settings, registry);
        CompletableFuture<S3Client> s3 = Ahead.of("s3", () -> client(settings));
        open.add(() -> s3.join().close());
        registry.bind("s3", S3Client.class, () -> new EndpointS3(Ahead.result(s3)));
    }

    /** Binds the data sources, and an S3 client that asks nobody. */
    void bindSilently(Settings settings, Registry registry) {
        bindDataSources(settings, registry);
        registry.bind("s3", new SilentS3());
    }

    private void bindDataSources(Settings settings, Registry registry) {
        for (String name : settings.dataSources()) {
            LazyPool pool = new LazyPool(config(name, settings));
            open.add(pool);
            pools.add(pool);
            registry.bind(name, pool);
        }
    }

    /** A data source as the settings {@code <name>.*} say; closed with this. */
    DataSource dataSource(String name, Settings settings) {
        LazyPool pool = new LazyPool(config(name, settings));
        open.add(pool);
        return pool;
    }

    /** A client for Amazon S3 as the settings say; closed with this. */
    S3Client s3(Settings settings) {
        S3Client s3 = client(settings);
        open.add(s3);
        return s3;
    }

    private static HikariConfig config(String name, Settings settings) {
        DataSourceSettings source = DataSourceSettings.of(name, settings);
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(source.url());
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        config.setMaxLifetime(Duration.ofMinutes(10).toMillis());
        config.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        if (source.isDatabricks()) {
            // A warehouse that is asleep takes its time; keep-alive queries would keep it awake, which costs money.
            config.setConnectionTimeout(Duration.ofMinutes(2).toMillis());
            config.setKeepaliveTime(0);
            // Time stamps are compared as microseconds in UTC.
            config.setConnectionInitSql("SET TIME ZONE 'UTC'");
            source.token().ifPresent(token -> {
                config.setUsername("token");
                config.setPassword(token);
            });
        } else {
            config.setConnectionTimeout(Duration.ofSeconds(30).toMillis());
            source.user().ifPresent(config::setUsername);
            source.password().ifPresent(config::setPassword);
        }
        return config;
    }

    private static S3Client client(Settings settings) {
        S3Settings wanted = S3Settings.of(settings);
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(MAX_S3_CONNECTIONS)
                        .connectionTimeout(S3_CONNECT_LIMIT)
                        .socketTimeout(S3_SILENCE_LIMIT))
                .overrideConfiguration(override -> override.retryStrategy(UploadSettings.retries(wanted.attempts())))
                .region(Region.of(wanted.region()))
                .forcePathStyle(wanted.addressing() == S3Settings.Addressing.PATH);
        wanted.endpoint().ifPresent(endpoint -> builder.endpointOverride(uri(endpoint)));
        builder.credentialsProvider(wanted.credentials()
                .<AwsCredentialsProvider>map(found -> StaticCredentialsProvider.create(credentials(found)))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
        return builder.build();
    }

    /** Cancels what a run has running at the databases, and nothing of others. */
    void cancel(Run run) {
        pools.forEach(pool -> pool.cancel(run));
    }

    /** Cancels whatever runs at the databases. */
    void cancel() {
        pools.forEach(LazyPool::cancel);
    }

    private static AwsCredentials credentials(S3Settings.Credentials found) {
        return found.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(found.accessKey(), found.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(found.accessKey(), found.secretKey()));
    }

    private static URI uri(String endpoint) {
        try {
            return URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new CaravanException(Category.CONFIG, "s3.endpoint is no URL: '" + endpoint + "'.", e);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable closeable : open) {
            try {
                closeable.close();
            } catch (Exception ignored) {
                // The process is about to end.
            }
        }
    }
}
