package org.caravan.cli;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.caravan.ledger.FileChanges;
import org.caravan.observe.FollowedFiles;
import org.caravan.reload.ReloadState;
import org.caravan.reload.Reloader;
import org.caravan.reload.RouteFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a reloader put the routes into a Camel Main once it is started, and ends it before Camel stops. */
final class ReloadedRoutes extends MainListenerSupport implements FollowedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadedRoutes.class);

    private final RouteFolder folder;
    private final ServiceSettings settings;
    private final KeptChanges keeping;
    private volatile Reloader reloader;
    private volatile boolean loaded;

    ReloadedRoutes(RouteFolder folder, ServiceSettings settings, FileChanges ledger) {
        this.folder = folder;
        this.settings = settings;
        this.keeping = new KeptChanges(ledger);
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        RouteWatcherReloadStrategy camels = context.hasService(RouteWatcherReloadStrategy.class);
        if (camels != null) {
            // Switched on in the environment: two that exchange the same routes would undo each other's work.
            camels.stop();
        }
        settings.fillIn(context);
        Reloader made = Reloader.of(context, folder, settings, keeping);
        reloader = made;
        made.start();
        loaded = true;
        LOG.info(
                "Following the routes of {}: {}",
                folder.path(),
                made.state().files().size());
    }

    @Override
    public Optional<ReloadState> state() {
        return loaded ? Optional.of(reloader.state()) : Optional.empty();
    }

    @Override
    public boolean isFollowing() {
        return loaded && reloader.isFollowing();
    }

    @Override
    public void beforeStop(BaseMainSupport main) {
        if (reloader != null) {
            reloader.close();
        }
        keeping.close();
    }
}
