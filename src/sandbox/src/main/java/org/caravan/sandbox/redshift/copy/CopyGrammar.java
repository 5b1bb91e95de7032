package org.caravan.sandbox.redshift.copy;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * The grammar of COPY, https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html: every word has to be known and has to have its
 * argument. The order of the words after the source is free, the authorization's too.
 */
public final class CopyGrammar {
    private final TokenCursor in;
    private final Map<CopyOption, String> options = new EnumMap<>(CopyOption.class);
    private Optional<CopyFormat> format = Optional.empty();
    private Optional<String> formatArgument = Optional.empty();

    private CopyGrammar(TokenCursor in) {
        this.in = in;
    }

    public static CopyStatement parse(TokenCursor in) {
        return new CopyGrammar(in).statement();
    }

    private CopyStatement statement() {
        in.expect("copy");
        TableName table = in.expectTable();
        List<String> columns = in.looksAt("(") ? in.expectNames() : List.of();
        in.expect("from");
        String source = in.expectString();
        while (!in.atEnd()) {
            word();
        }
        S3Location from = S3Location.of(source)
                .orElseThrow(() -> source.matches("(emr|ssh|dynamodb)://.*")
                        ? StatementRefused.notYet("COPY from " + source.substring(0, source.indexOf(':')))
                        : new StatementRefused(
                                SqlError.INTERNAL, "Invalid S3 URL '" + source + "': expected s3://bucket/key"));
        CopyWords words = new CopyWords(format.orElse(CopyFormat.TEXT), formatArgument, options);
        words.check();
        Authorization authorization = CopyMeaning.authorization(words);
        CopyOptions meant = CopyMeaning.options(words);
        DataFormat dataFormat = CopyMeaning.format(words);
        CopyMeaning.checkCarriedOut(words);
        return new CopyStatement(table, columns, from, authorization, dataFormat, meant);
    }

    private void word() {
        boolean announced = in.accept("format");
        if (announced) {
            in.accept("as");
        }
        if (!in.peek().isWord()) {
            throw in.unexpected();
        }
        String word = in.peek().text().toLowerCase(Locale.ROOT);
        Optional<CopyFormat> named = CopyFormat.of(word);
        if (named.isPresent()) {
            in.next();
            format(named.get());
            return;
        }
        CopyOption option = CopyOption.of(word).orElseThrow(in::unexpected);
        if (announced && option != CopyOption.DELIMITER) {
            throw in.unexpected();
        }
        in.next();
        if (options.put(option, argument(option)) != null) {
            throw CopyWords.conflicting();
        }
    }

    private void format(CopyFormat named) {
        if (format.isPresent()) {
            throw CopyWords.conflicting();
        }
        format = Optional.of(named);
        switch (named) {
            case FIXEDWIDTH -> {
                in.accept("as");
                formatArgument = Optional.of(in.expectString());
            }
            case JSON, AVRO -> {
                in.accept("as");
                if (in.peek().kind() == Token.Kind.STRING) {
                    formatArgument = Optional.of(in.expectString());
                }
            }
            case SHAPEFILE -> {
                if (in.accept("simplify")) {
                    in.accept("auto");
                    if (in.peek().kind() == Token.Kind.NUMBER) {
                        in.next();
                    }
                }
            }
            case TEXT, CSV, PARQUET, ORC -> {
                // no argument
            }
        }
    }

    private String argument(CopyOption option) {
        if (option.argument() == CopyOption.Argument.NONE) {
            return "";
        }
        in.accept("as");
        return switch (option.argument()) {
            case NONE -> "";
            case STRING -> in.expectString();
            case RAW_STRING -> {
                Token token = in.peek();
                in.expectString();
                yield RawString.value(token);
            }
            case OPTIONAL_STRING -> in.peek().kind() == Token.Kind.STRING ? in.expectString() : "?";
            case NUMBER -> {
                if (in.peek().kind() != Token.Kind.NUMBER) {
                    throw in.unexpected();
                }
                yield in.next().text();
            }
            case WORD -> in.expectWord();
            case SWITCH -> state(option);
            case ROLE -> in.accept("default") ? "default" : in.expectString();
        };
    }

    private String state(CopyOption option) {
        if (in.acceptAnyOf("on", "true")) {
            return "on";
        }
        if (in.acceptAnyOf("off", "false")) {
            return "off";
        }
        return option == CopyOption.COMPUPDATE && in.accept("preset") ? "preset" : "on";
    }
}
