package org.caravan.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.Sha256;

/** Tells the settings that are secret from those that may be shown and kept; stateless. */
public final class SecretSettings {
    private static final String MASK = "***";
    private static final Pattern SECRET_KEY =
            Pattern.compile(".*(passw|passphrase|pwd|secret|token|access-?key|private-?key|api-?key|credential).*");
    /** What a JDBC URL has of secrets, such as {@code OAuth2Secret=…} and {@code PWD=…}. */
    private static final Pattern SECRET_IN_URL =
            Pattern.compile("(?i)([;?&][a-z0-9_.-]*(?:password|pwd|secret|token|key)[a-z0-9_.-]*=)([^;&]+)");

    private static final Pattern SECRET_OF_USER = Pattern.compile("(://[^/@:]+:)([^/@]+)@");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*}}");

    private SecretSettings() {}

    /** Whether the value of a key is never shown: the catalogue says so, or the key's words do. */
    public static boolean isSecret(String key) {
        return Catalogue.find(key).map(Setting::isSecret).orElseGet(() -> SECRET_KEY
                .matcher(key.toLowerCase(Locale.ROOT))
                .matches());
    }

    /** A value as it may be shown: masked if the key is secret, unless it only says where the secret stands. */
    static String shown(String key, String value) {
        if (isSecret(key)) {
            return PLACEHOLDER.matcher(value).matches() ? value : MASK;
        }
        Matcher ofUrl = SECRET_IN_URL.matcher(value);
        return SECRET_OF_USER.matcher(ofUrl.replaceAll("$1" + MASK)).replaceAll("$1" + MASK + "@");
    }

    /** The secrets of the settings, wherever they stand. */
    public static Secrets of(Settings settings) {
        List<String> values = new ArrayList<>();
        for (String key : settings.keys()) {
            settings.find(key).ifPresent(value -> {
                if (isSecret(key) || settings.isInSecretFile(key)) {
                    values.add(value);
                }
                SECRET_IN_URL.matcher(value).results().forEach(found -> values.add(found.group(2)));
                SECRET_OF_USER.matcher(value).results().forEach(found -> values.add(found.group(2)));
            });
        }
        return Secrets.of(values);
    }

    /** A hash of the settings in force, without the secret ones: the same settings have the same version. */
    public static String version(Settings all) {
        Settings settings = all.unfilled();
        StringBuilder text = new StringBuilder();
        for (String key : settings.keys()) {
            if (!isSecret(key) && !settings.isInSecretFile(key)) {
                text.append(key)
                        .append('=')
                        .append(settings.find(key)
                                .map(SecretSettings::withoutSecrets)
                                .orElse(""))
                        .append('\n');
            }
        }
        return Sha256.of(text.toString());
    }

    private static String withoutSecrets(String value) {
        Matcher ofUrl = SECRET_IN_URL.matcher(value);
        return SECRET_OF_USER.matcher(ofUrl.replaceAll("$1")).replaceAll("$1@");
    }
}
