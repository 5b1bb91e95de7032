package org.caravan.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/** A whole number between two bounds, which are of it. */
record NumberType(long least, long most) implements SettingType {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    @Override
    public String label() {
        return "whole number, " + least + " to " + most;
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        String mend = "write a whole number from " + least + " to " + most;
        if (!DIGITS.matcher(value).matches()) {
            return Optional.of(new Mistake("not a whole number", mend));
        }
        long number = Long.parseLong(value);
        if (number < least) {
            return Optional.of(new Mistake("less than " + least, mend));
        }
        return number > most ? Optional.of(new Mistake("more than " + most, mend)) : Optional.empty();
    }
}
