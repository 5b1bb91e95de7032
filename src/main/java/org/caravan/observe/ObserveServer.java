package org.caravan.observe;

import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.prometheus.MicrometerPrometheus;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.settings.ObserveSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel's management server with the pages of Caravan, and nothing else. A service of the context. */
final class ObserveServer extends ServiceSupport {
    private static final Logger LOG = LoggerFactory.getLogger(ObserveServer.class);
    private static final String METRICS = "/observe/metrics";
    private static final int THREADS = 2;

    private final CamelContext context;
    private final ObserveSettings settings;
    private final HealthPages health;
    private final ManagementHttpServer server = new ManagementHttpServer();
    private final MicrometerPrometheus metrics = new MicrometerPrometheus();

    ObserveServer(CamelContext context, ObserveSettings settings, UnaryOperator<String> masked) {
        this.context = context;
        this.settings = settings;
        this.health = new HealthPages(context, masked);
    }

    /**
     * Makes sure that it can listen, before anything is started.
     *
     * @throws CaravanException if the address is not this machine's, or the port is taken
     */
    static void checkIsFree(ObserveSettings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        try (ServerSocket socket = new ServerSocket()) {
            if (address.isUnresolved()) {
                throw cannot(settings, "there is no such host", null);
            }
            socket.bind(address);
        } catch (IOException e) {
            throw cannot(settings, e.getMessage(), e);
        }
    }

    private static CaravanException cannot(ObserveSettings settings, String why, IOException cause) {
        return new CaravanException(
                Category.CONFIG,
                "Health and metrics cannot be served at " + settings.host() + ":" + settings.port() + ": " + why
                        + ". Another 'caravan start' may be there already. Set observe.port to a free port, or to 0 for any;"
                        + " observe.host to an address of this machine; or observe.enabled=false.",
                cause);
    }

    @Override
    protected void doStart() throws Exception {
        if (context.getRegistry().findByType(VertxOptions.class).isEmpty()) {
            context.getRegistry().bind("caravan-observe-vertx", small());
        }
        server.setCamelContext(context);
        server.setHost(settings.host());
        server.setPort(settings.port());
        server.setPath("/");
        server.setMetricsEnabled(true);
        settings.credentials().ifPresent(credentials -> new Password(credentials)
                .guard(server.getConfiguration().getAuthenticationConfig()));
        context.addService(server);
        ServiceHelper.startService(server);
        health.add(server.getRouter());
        metrics.setCamelContext(context);
        metrics.setPath(METRICS);
        metrics.setBinders("jvm-memory,jvm-gc,jvm-thread,class-loader,processor,uptime,jvm-info,file-descriptor");
        metrics.setEnableRoutePolicy(false);
        metrics.setEnableExchangeEventNotifier(false);
        metrics.setEnableRouteEventNotifier(false);
        metrics.setClearOnReload(false);
        ServiceHelper.startService(metrics);
        if (port() <= 0) {
            throw cannot(settings, "the server does not listen", null);
        }
        if (!settings.isLoopback()) {
            LOG.warn(
                    "Health and metrics are served at {}:{}, to other machines too: with a password, without TLS",
                    settings.host(),
                    port());
        }
    }

    /** What it needs: a handful of short requests. */
    private static VertxOptions small() {
        return new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(THREADS)
                .setInternalBlockingPoolSize(THREADS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    /** The port that it has taken; 0 if none. */
    int port() {
        return server.getRouter() == null ? 0 : server.getRouter().getServer().getPort();
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopAndShutdownServices(metrics, server);
    }
}
