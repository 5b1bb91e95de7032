package org.caravan.settings;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.spi.PropertiesFunction;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * Camel's placeholder {@code {{file:/run/secrets/name}}}: the text of a file, without the line end at its end. Camel finds it by its
 * service file, also in an application that embeds the jar. Stateless.
 */
public final class FileFunction implements PropertiesFunction {
    @Override
    public String getName() {
        return "file";
    }

    @Override
    public String apply(String file) {
        try {
            return SecretFile.read(Path.of(file.strip()));
        } catch (IOException e) {
            throw new CaravanException(
                    Category.CONFIG,
                    "The file " + file + " of {{file:" + file + "}} cannot be read: " + SecretFile.reason(e)
                            + ". Write it, or name another.",
                    e);
        }
    }
}
