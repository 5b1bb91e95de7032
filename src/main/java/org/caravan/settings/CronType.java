package org.caravan.settings;

import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** A time table as Unix has it, of five fields, or as Quartz has it; only what both refuse is looked for here. */
record CronType() implements SettingType {
    private static final int FIELDS_OF_UNIX = 5;
    private static final Pattern OF_UNIX = Pattern.compile("[0-9*/,?A-Za-z#-]+");

    @Override
    public String label() {
        return "cron";
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        List<String> fields = List.of(value.split("\\s+", -1));
        if (fields.size() == FIELDS_OF_UNIX) {
            return fields.stream().allMatch(OF_UNIX.asMatchPredicate()) ? Optional.empty() : Optional.of(wrong(""));
        }
        try {
            CronExpression.validateExpression(value);
            return Optional.empty();
        } catch (ParseException e) {
            return Optional.of(wrong(" (" + e.getMessage() + ")"));
        }
    }

    private static Mistake wrong(String why) {
        return new Mistake(
                "not a cron" + why,
                "write five fields as Unix has them, such as 0 6 * * *, or six as Quartz, such as 0 0 6 * * ?");
    }
}
