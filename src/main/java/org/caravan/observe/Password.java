package org.caravan.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.handler.AuthenticationHandler;
import io.vertx.ext.web.handler.BasicAuthHandler;
import java.security.MessageDigest;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.caravan.settings.ObserveSettings.Credentials;

/** Knows the one user that may read. Camel's own way is a file with the password in it. Immutable. */
record Password(Credentials wanted) implements AuthenticationProvider {
    private static final String REALM = "caravan";

    /** Asks for it on each path. */
    void guard(AuthenticationConfig authentication) {
        AuthenticationConfigEntry entry = new AuthenticationConfigEntry();
        entry.setPath("/*");
        entry.setAuthenticationProviderFactory((Vertx vertx) -> this);
        entry.setAuthenticationHandlerFactory(new AuthenticationConfig.AuthenticationHandlerFactory() {
            @Override
            public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(T provider) {
                return BasicAuthHandler.create(provider, REALM);
            }
        });
        authentication.getEntries().add(entry);
        authentication.setEnabled(true);
    }

    @Override
    @SuppressWarnings("deprecation") // the one that has to be there, and that the others call
    public void authenticate(JsonObject given, Handler<AsyncResult<User>> answer) {
        boolean user = isSame(wanted.user(), given.getString("username", ""));
        boolean password = isSame(wanted.password(), given.getString("password", ""));
        answer.handle(
                user && password
                        ? Future.succeededFuture(User.fromName(wanted.user()))
                        : Future.failedFuture("no such user and password"));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }
}
