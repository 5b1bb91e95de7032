package org.caravan.observe;

import java.util.Optional;
import org.caravan.reload.ReloadState;

/** The files of the routes, as a service follows them. Thread-safe. */
public interface FollowedFiles {
    /** How they stand; empty until all were looked at once. */
    Optional<ReloadState> state();

    /** Whether they are still followed, once they are. */
    boolean isFollowing();
}
