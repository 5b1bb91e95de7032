package org.caravan.sandbox.redshift.statement;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.Token;

/** The type of a cast, written for PostgreSQL. */
final class CastType {
    private CastType() {}

    /** Writes the type that stands at this place behind {@code ::} or {@code as}; returns how many more tokens it has taken. */
    static int write(List<Token> tokens, int at, List<Token> result) {
        Token type = tokens.get(at);
        boolean sized = tokens.get(Math.min(at + 1, tokens.size() - 1)).is("(");
        switch (type.name()) {
            case "varchar", "nvarchar" -> {
                return text(tokens, at, sized, RedshiftTypes.MAX_VARCHAR, "varchar", result);
            }
            case "char", "nchar", "character" -> {
                return type.is("character")
                                && tokens.get(Math.min(at + 1, tokens.size() - 1))
                                        .is("varying")
                        ? keep(type, result)
                        : text(tokens, at, sized, RedshiftTypes.MAX_CHAR, "char", result);
            }
            case "varbinary", "varbyte" -> {
                stringOfText(tokens, at, result);
                result.add(type.withText("varbyte"));
                return sized ? 3 : 0;
            }
            case "super" -> {
                stringOfText(tokens, at, result);
                return keep(type, result);
            }
            case "decimal", "numeric" -> {
                return decimal(tokens, at, sized, result);
            }
            default -> {
                return keep(type, result);
            }
        }
    }

    private static int keep(Token type, List<Token> result) {
        result.add(type);
        return 0;
    }

    private static int text(List<Token> tokens, int at, boolean sized, int max, String name, List<Token> result) {
        Token type = tokens.get(at);
        if (sized && tokens.get(Math.min(at + 2, tokens.size() - 1)).is("max")) {
            result.add(type.withText(name + "(" + max + ")"));
            return 3;
        }
        result.add(type.withText(name));
        return 0;
    }

    /** A literal is a text here, while PostgreSQL would read it in the notation of jsonb or bytea. */
    private static void stringOfText(List<Token> tokens, int at, List<Token> result) {
        if (at > 1 && tokens.get(at - 2).kind() == Token.Kind.STRING) {
            Token literal = result.get(result.size() - 2);
            result.set(result.size() - 2, literal.withText(literal.text() + "::varchar"));
        }
    }

    /** A literal is rounded, a column's value cut off: https://docs.aws.amazon.com/redshift/latest/dg/r_CAST_function.html */
    private static int decimal(List<Token> tokens, int at, boolean sized, List<Token> result) {
        Token type = tokens.get(at);
        String scale = "0";
        if (sized && tokens.size() > at + 5 && tokens.get(at + 3).is(",")) {
            scale = tokens.get(at + 4).text();
        }
        if (at > 1 && tokens.get(at - 2).kind() == Token.Kind.NUMBER && scale.matches("[0-9]+")) {
            Token number = result.get(result.size() - 2);
            result.set(result.size() - 2, number.withText("round(" + number.text() + ", " + scale + ")"));
        }
        result.add(sized ? type : type.withText("numeric(18,0)"));
        return 0;
    }
}
