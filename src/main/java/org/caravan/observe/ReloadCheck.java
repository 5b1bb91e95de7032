package org.caravan.observe;

import org.apache.camel.health.HealthCheckResultBuilder;

/** Whether the files are still followed; when that has ended, only a new process follows them. */
final class ReloadCheck extends ServiceCheck {
    private final FollowedFiles files;

    ReloadCheck(FollowedFiles files) {
        super("caravan-reload", Kind.LIVENESS);
        this.files = files;
    }

    @Override
    void check(HealthCheckResultBuilder result) {
        if (files.state().isPresent() && !files.isFollowing()) {
            result.down().message("The files of the routes are not followed any more: start the service again.");
        } else {
            result.up();
        }
    }
}
