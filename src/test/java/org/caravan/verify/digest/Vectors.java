package org.caravan.verify.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.caravan.schema.ColumnType;

/** The test vectors as {@code docs/reference/digest.md} publishes them. */
public final class Vectors {
    static final Path PAGE = Path.of("docs/reference/digest.md");

    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| `([^`]*)` \\| ([^|]+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");
    private static final Pattern REPEATED = Pattern.compile("([0-9a-f]{2})\\{(\\d+)\\}([0-9a-f]*)");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    private Vectors() {}

    /** A value, and the digest of a table that holds it and nothing else. */
    public record Vector(ColumnType type, Optional<Object> value, String residues, Digest digest) {}

    /** All rows of the page's table. */
    public static List<Vector> all() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                ColumnType type = type(row.group(1));
                Digest digest = new Digest(
                        1,
                        List.of(new BigInteger(row.group(4))),
                        List.of(new Digest.Sums(new BigInteger(row.group(5)), new BigInteger(row.group(6)))));
                vectors.add(new Vector(type, value(type, row.group(2)), row.group(3), digest));
            }
        }
        return vectors;
    }

    static ColumnType type(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return new ColumnType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (name) {
            case "boolean" -> new ColumnType.Bool();
            case "smallint" -> new ColumnType.Int(2);
            case "integer" -> new ColumnType.Int(4);
            case "bigint" -> new ColumnType.Int(8);
            case "real" -> new ColumnType.FloatingPoint(4);
            case "double precision" -> new ColumnType.FloatingPoint(8);
            case "text" -> new ColumnType.Text(65_535);
            case "binary" -> new ColumnType.Binary(100_000);
            case "super" -> new ColumnType.Super();
            case "date" -> new ColumnType.Date();
            case "timestamp" -> new ColumnType.Timestamp(ColumnType.Zone.LOCAL);
            case "timestamptz" -> new ColumnType.Timestamp(ColumnType.Zone.INSTANT);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static Optional<Object> value(ColumnType type, String text) throws JsonProcessingException {
        if (text.equals("NULL")) {
            return Optional.empty();
        }
        if (type instanceof ColumnType.Bool) {
            return Optional.of(text.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        if (type instanceof ColumnType.FloatingPoint floating) {
            return Optional.of(floating.bytes() == 4 ? (double) Float.parseFloat(text) : Double.parseDouble(text));
        }
        if (type instanceof ColumnType.Binary) {
            if (text.equals("\"\"")) {
                return Optional.of("");
            }
            Matcher repeated = REPEATED.matcher(text);
            return Optional.of(
                    repeated.matches()
                            ? repeated.group(1).repeat(Integer.parseInt(repeated.group(2))) + repeated.group(3)
                            : text);
        }
        if (type instanceof ColumnType.Super) {
            return Optional.of(text);
        }
        if (type instanceof ColumnType.Text) {
            return Optional.of(new ObjectMapper().readValue(text, String.class));
        }
        if (type instanceof ColumnType.Date) {
            return Optional.of(BigDecimal.valueOf(LocalDate.parse(text).toEpochDay()));
        }
        if (type instanceof ColumnType.Timestamp) {
            return Optional.of(BigDecimal.valueOf(ChronoUnit.MICROS.between(
                    LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(text.replace("Z", "")))));
        }
        return Optional.of(new BigDecimal(text));
    }
}
