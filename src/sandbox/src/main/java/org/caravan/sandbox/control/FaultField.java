package org.caravan.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What an order for a fault may say, beside the fault's name. */
public enum FaultField {
    /** How often the fault strikes; 1 if not said. */
    COUNT(Kind.POSITIVE, "how often it strikes (1 if not said)"),
    /** How many that would match pass first; 0 if not said. */
    SKIP(Kind.NATURAL, "how many that would match pass unharmed first (0 if not said)"),
    /** A regular expression that is searched in the client's statement, whatever its letters' case. */
    STATEMENT(Kind.PATTERN, "a regular expression that is found in the statement, in any case"),
    METHOD(Kind.TEXT, "the HTTP method, such as PUT"),
    KEY(Kind.TEXT, "what the object's key begins with"),
    PART(Kind.POSITIVE, "the number of the part that is uploaded"),
    MILLIS(Kind.NATURAL, "milliseconds"),
    BYTES(Kind.NATURAL, "how many bytes of the object arrive (half of it if not said)"),
    STATE(Kind.TEXT, "the SQLSTATE"),
    CODE(Kind.TEXT, "the error code of Amazon S3"),
    MESSAGE(Kind.TEXT, "the error's message"),
    DETAIL(Kind.TEXT, "the error's detail");

    private enum Kind {
        TEXT,
        PATTERN,
        NATURAL,
        POSITIVE
    }

    private final Kind kind;
    private final String about;

    FaultField(Kind kind, String about) {
        this.kind = kind;
        this.about = about;
    }

    /** Its key in an order. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String about() {
        return about;
    }

    static Optional<FaultField> of(String key) {
        return Arrays.stream(values()).filter(field -> field.key().equals(key)).findFirst();
    }

    /** The value of this field: text, a number, or a pattern. */
    Object parse(JsonNode value) throws WrongOrder {
        return switch (kind) {
            case TEXT -> text(value);
            case PATTERN -> pattern(text(value));
            case NATURAL -> number(value, 0);
            case POSITIVE -> number(value, 1);
        };
    }

    private String text(JsonNode value) throws WrongOrder {
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new WrongOrder("'" + key() + "' is " + value + "; it has to be text: " + about);
        }
        return value.asText();
    }

    private Pattern pattern(String text) throws WrongOrder {
        try {
            return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new WrongOrder("'" + key() + "' is not a regular expression: " + e.getMessage());
        }
    }

    private Integer number(JsonNode value, int least) throws WrongOrder {
        if (!value.isInt() || value.asInt() < least) {
            throw new WrongOrder(
                    "'" + key() + "' is " + value + "; it has to be a whole number of " + least + " or more: " + about);
        }
        return value.asInt();
    }
}
