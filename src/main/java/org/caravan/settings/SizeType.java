package org.caravan.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.DataSize;

/** A number of bytes with a unit, between two bounds, which are of it. */
record SizeType(String least, String most) implements SettingType {
    private static final Pattern ALMOST = Pattern.compile(
            "([0-9]+)\\s*([kmg])(?:i?b|ilobytes?|egabytes?|igabytes?|bytes?)?", Pattern.CASE_INSENSITIVE);

    @Override
    public String label() {
        return "size, " + least + " to " + most;
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        long bytes;
        try {
            bytes = DataSize.parse(value).bytes();
        } catch (IllegalArgumentException e) {
            Matcher almost = ALMOST.matcher(value);
            String meant = almost.matches()
                    ? almost.group(1) + almost.group(2).toUpperCase(Locale.ROOT) + "B"
                    : "a whole number and a unit, such as 256MB";
            return Optional.of(new Mistake("not a size", "write " + meant + " (units: B, KB, MB, GB)"));
        }
        boolean within = bytes >= DataSize.parse(least).bytes()
                && bytes <= DataSize.parse(most).bytes();
        return within
                ? Optional.empty()
                : Optional.of(new Mistake(
                        "not between " + least + " and " + most, "write a size from " + least + " to " + most));
    }
}
