package org.caravan.settings;

import java.text.ParseException;
import java.util.Optional;
import org.quartz.CronExpression;

/** A time table as Quartz reads it. */
record CronType() implements SettingType {
    private static final int FIELDS_OF_UNIX = 5;

    @Override
    public String label() {
        return "Quartz cron";
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        try {
            new CronExpression(value);
            return Optional.empty();
        } catch (ParseException e) {
            boolean unix = value.split("\\s+", -1).length == FIELDS_OF_UNIX;
            return Optional.of(new Mistake(
                    "not a Quartz cron" + (unix ? ", which begins with the second" : " (" + e.getMessage() + ")"),
                    unix ? "write 0 " + value.replaceAll("\\s+\\*$", " ?") : "write one such as 0 0 6 * * ?"));
        }
    }
}
