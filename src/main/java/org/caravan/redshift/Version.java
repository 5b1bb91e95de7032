package org.caravan.redshift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of this build, as the component's generated description has it; stateless. */
final class Version {
    private static final String DESCRIPTION = "/META-INF/org/caravan/redshift/caravan-redshift.json";
    private static final Pattern VERSION = Pattern.compile("\"version\": \"([^\"]+)\"");
    private static final Optional<String> CURRENT = read();

    private Version() {}

    static Optional<String> current() {
        return CURRENT;
    }

    private static Optional<String> read() {
        try (InputStream description = Version.class.getResourceAsStream(DESCRIPTION)) {
            if (description == null) {
                return Optional.empty();
            }
            Matcher version = VERSION.matcher(new String(description.readAllBytes(), StandardCharsets.UTF_8));
            return version.find() ? Optional.of(version.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
