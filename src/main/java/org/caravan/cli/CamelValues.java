package org.caravan.cli;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.main.Main;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * Fills in placeholders by those functions of Camel that ask a service, such as {@code {{aws:secret#field}}}, in a Camel of its own
 * that has the settings {@code camel.vault.*} and ends at once. Asks for each text once. Thread-safe.
 */
final class CamelValues implements UnaryOperator<String> {
    private static final String VAULTS = "camel.vault.";

    private final Properties vaults = new Properties();
    private final Map<String, String> filled = new ConcurrentHashMap<>();

    /** With the settings of all vaults among these. */
    CamelValues(Properties settings) {
        settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith(VAULTS))
                .forEach(key -> vaults.setProperty(key, settings.getProperty(key)));
        vaults.setProperty("camel.main.startup-summary-level", "off");
    }

    @Override
    public String apply(String text) {
        return filled.computeIfAbsent(text, this::ask);
    }

    private String ask(String text) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(vaults);
        try {
            main.start();
            return main.getCamelContext().resolvePropertyPlaceholders(text);
        } catch (Exception e) {
            throw new CaravanException(
                    Category.CONFIG,
                    text + " cannot be filled in: " + RouteErrors.explain(e)
                            + " Check the name, the rights, and the settings camel.vault.*.",
                    e);
        } finally {
            main.stop();
        }
    }
}
