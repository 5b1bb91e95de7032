package org.caravan.source.parameter;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a parameter's value can be. */
public enum ParameterType {
    TEXT("text", "any text without NUL"),
    INTEGER("bigint", "a whole number of up to 64 bits"),
    DECIMAL("numeric", "a number such as 12.50"),
    DATE("date", "a date such as 2026-01-31"),
    TIMESTAMP("timestamp", "a time without an offset, such as 2026-01-31T18:00:00"),
    TIMESTAMPTZ("timestamptz", "a time with its offset, such as 2026-01-31T18:00:00Z");

    private final String postgres;
    private final String form;

    ParameterType(String postgres, String form) {
        this.postgres = postgres;
        this.form = form;
    }

    /** The word by which routes and the ledger name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** PostgreSQL's name for it. */
    String postgres() {
        return postgres;
    }

    /** What its values look like, for messages. */
    String form() {
        return form;
    }

    static Optional<ParameterType> find(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(ParameterType::label).toList();
    }

    /** A value of the type from its text, as the object that JDBC binds; empty if the text is none. */
    Optional<Object> read(String text) {
        try {
            Object value =
                    switch (this) {
                        case TEXT -> text;
                        case INTEGER -> Long.valueOf(text);
                        case DECIMAL -> new BigDecimal(text);
                        case DATE -> LocalDate.parse(text);
                        case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T'));
                        case TIMESTAMPTZ -> OffsetDateTime.parse(text.replace(' ', 'T'));
                    };
            return text.indexOf('\0') < 0 ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
