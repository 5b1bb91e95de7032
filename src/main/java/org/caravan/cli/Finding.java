package org.caravan.cli;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.settings.Place;
import org.caravan.settings.Problem;

/**
 * One thing that was checked; immutable.
 *
 * @param subject what was checked, in a few words
 * @param message what was found, or what is wrong and how it is mended
 * @param category what kind of problem it is; empty if it is none
 * @param place the file and line that it is about, if it is about one
 * @param setting the setting that is wrong, if one is
 */
record Finding(
        String subject, String message, Optional<Category> category, Optional<Place> place, Optional<Problem> setting) {
    private static final Pattern LINE = Pattern.compile("\\bline (\\d{1,9})\\b");

    Finding {
        requireNonNull(subject, "subject");
        requireNonNull(message, "message");
        requireNonNull(category, "category");
        requireNonNull(place, "place");
        requireNonNull(setting, "setting");
    }

    static Finding ok(String subject, String message) {
        return new Finding(subject, message, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Finding problem(String subject, Failure failure) {
        return new Finding(
                subject, failure.message(), Optional.of(failure.category()), Optional.empty(), Optional.empty());
    }

    static Finding problem(String subject, String message) {
        return problem(subject, new Failure(Category.CONFIG, message));
    }

    static Finding problem(Problem setting) {
        return new Finding(
                "setting " + setting.key(),
                setting.line(),
                Optional.of(Category.CONFIG),
                Optional.of(setting.place()),
                Optional.of(setting));
    }

    /** The same, found in a file, in the line that the message names if it names one. */
    Finding in(Path file) {
        Matcher line = LINE.matcher(message);
        Place found = !isOk() && line.find() ? Place.inFile(file, Integer.parseInt(line.group(1))) : Place.inFile(file);
        return new Finding(subject, message, category, Optional.of(found), setting);
    }

    boolean isOk() {
        return category.isEmpty();
    }
}
