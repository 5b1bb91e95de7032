package org.caravan.settings;

import java.util.Optional;

/** Any text, which is never shown. */
record SecretType() implements SettingType {
    @Override
    public String label() {
        return "secret";
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        return Optional.empty();
    }
}
