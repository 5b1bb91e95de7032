package org.caravan.settings;

import java.util.Optional;

/** Any text. */
record TextType() implements SettingType {
    @Override
    public String label() {
        return "text";
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        return Optional.empty();
    }
}
