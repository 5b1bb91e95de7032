package org.caravan.settings;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Nearest;

/** A time zone by its name in the IANA database. */
record ZoneType() implements SettingType {
    @Override
    public String label() {
        return "time zone";
    }

    @Override
    public Optional<Mistake> mistake(String value) {
        try {
            ZoneId.of(value);
            return Optional.empty();
        } catch (DateTimeException e) {
            String meant = Nearest.closest(value, List.copyOf(ZoneId.getAvailableZoneIds()))
                    .orElse("one such as Europe/Berlin or UTC");
            return Optional.of(new Mistake("not a time zone", "write " + meant));
        }
    }
}
