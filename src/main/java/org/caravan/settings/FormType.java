package org.caravan.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text of some form.
 *
 * @param form what the whole of a value matches
 * @param wrong what a value that does not match is not
 * @param mend what to write
 */
record FormType(String label, Pattern form, String wrong, String mend) implements SettingType {
    static FormType of(String label, String form, String wrong, String mend) {
        return new FormType(label, Pattern.compile(form), wrong, mend);
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        return form.matcher(value).matches() ? Optional.empty() : Optional.of(new Mistake(wrong, mend));
    }
}
