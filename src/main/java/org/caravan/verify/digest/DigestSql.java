package org.caravan.verify.digest;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.caravan.schema.Columns;

/**
 * The SQL that computes a table's digest in an engine; {@link DigestAnswers} reads what it answers. Immutable.
 *
 * <p>A statement is built of nested queries, from the inside: each value as a number ({@code v3}) or as MD5; for floating-point
 * numbers two steps of scaling ({@code y3}, {@code e3}); the forms of each column and row; the same between 0 and p; the rows' fifth
 * powers; and the sums. All integer arithmetic is in BIGINT, and each product is reduced before it is added.
 */
public final class DigestSql {
    private static final String P = Long.toString(Field.P);

    /** The most terms of a sum: as parsers nest them, and Spark's is slow where parentheses nest. */
    private static final int TERMS = 60;

    private final SqlDialect dialect;
    private final Sample sample;

    private DigestSql(SqlDialect dialect, Sample sample) {
        this.dialect = dialect;
        this.sample = sample;
    }

    /** For Amazon Redshift. */
    public static DigestSql redshift() {
        return new DigestSql(new RedshiftDialect(), Sample.ALL);
    }

    /** For Spark SQL and a Databricks SQL warehouse, whose session must be in UTC. */
    public static DigestSql spark() {
        return new DigestSql(new SparkDialect(), Sample.ALL);
    }

    /** The same for the digest of a sample of the rows. */
    public DigestSql of(Sample rows) {
        return new DigestSql(dialect, requireNonNull(rows, "rows"));
    }

    /** The columns of a table that its digest leaves out, each with the reason; the row hashes are formed over the others. */
    public static List<Excluded> excluded(Columns table) {
        return table.stream()
                .flatMap(column -> Coverage.obstacle(column).stream().map(why -> new Excluded(column.name(), why)))
                .toList();
    }

    /**
     * The statements that together compute the digest.
     *
     * @param comment put before each statement as it is, such as a comment with the run id; may be empty
     * @param table the table's name as it stands in SQL, quoted
     * @param columns the table's columns, each in the storage that the table has for it
     */
    public List<String> statements(String comment, String table, Columns columns) {
        requireNonNull(comment, "comment");
        requireNonNull(table, "table");
        List<String> statements = new ArrayList<>();
        String rows = table
                + SampleKey.of(columns)
                        .condition(dialect, columns, sample)
                        .map(chosen -> " WHERE " + chosen)
                        .orElse("");
        for (Question question : Question.of(columns)) {
            statements.add(comment + statement(question, rows, columns));
        }
        return statements;
    }

    private String statement(Question question, String table, Columns columns) {
        List<ColumnSql> parts = new ArrayList<>();
        List<ColumnSql> figures = new ArrayList<>();
        for (int i = question.columns().from(); i < question.columns().to(); i++) {
            if (Coverage.covers(columns.get(i))) {
                ColumnSql part = ColumnSql.of(dialect, columns.get(i), i);
                parts.add(part);
                if (question.asksFigure(i)) {
                    figures.add(part);
                }
            }
        }
        if (parts.isEmpty()) {
            // Nothing but the rows can be counted; their forms have no terms.
            return "SELECT COUNT(*) AS n" + (question.group().isPresent() ? ", 0 AS ra, 0 AS rb" : "") + " FROM "
                    + table;
        }
        String from =
                layer(parts.stream().flatMap(part -> part.values().stream()).toList(), table);
        for (int step = 0; step < DoubleSql.STEPS && parts.stream().anyMatch(DoubleSql.class::isInstance); step++) {
            int at = step;
            from = layer(parts.stream().flatMap(part -> part.step(at).stream()).toList(), "(" + from + ") s" + step);
        }
        from = layer(forms(question, parts, figures), "(" + from + ") v");
        from = layer(normalForms(question, parts, figures), "(" + from + ") f");
        List<String> mixed = new ArrayList<>();
        List<String> sums = new ArrayList<>(List.of("COUNT(*) AS n"));
        if (question.group().isPresent()) {
            mixed.add(fifth("ra") + " AS ra");
            mixed.add(fifth("rb") + " AS rb");
            sums.add(total("ra"));
            sums.add(total("rb"));
        }
        for (ColumnSql part : figures) {
            mixed.add(part.figure());
            sums.add(total(part.figure()));
        }
        return "SELECT " + String.join(", ", sums) + " FROM (" + layer(mixed, "(" + from + ") n") + ") m";
    }

    /** The forms of set A of the columns whose figures are asked, and what of the rows' forms cannot be made of these. */
    private static List<String> forms(Question question, List<ColumnSql> parts, List<ColumnSql> figures) {
        List<String> forms = new ArrayList<>();
        for (ColumnSql part : figures) {
            forms.add(part.form(part.a()) + " AS " + part.figure());
        }
        if (question.group().isPresent()) {
            for (int from = 0; from < parts.size(); from += TERMS) {
                List<ColumnSql> some = parts.subList(from, Math.min(parts.size(), from + TERMS));
                if (figures.isEmpty()) {
                    forms.add(sum(some.stream().map(part -> part.form(part.a()))) + " AS ra" + from / TERMS);
                }
                forms.add(sum(some.stream().map(part -> part.form(part.b()))) + " AS rb" + from / TERMS);
            }
        }
        return forms;
    }

    private List<String> normalForms(Question question, List<ColumnSql> parts, List<ColumnSql> figures) {
        List<String> forms = new ArrayList<>();
        if (question.group().isPresent()) {
            int sums = (parts.size() + TERMS - 1) / TERMS;
            Stream<String> a = figures.isEmpty()
                    ? IntStream.range(0, sums).mapToObj(i -> "ra" + i)
                    : figures.stream().map(ColumnSql::figure);
            forms.add(normal(sum(a)) + " AS ra");
            forms.add(normal(sum(IntStream.range(0, sums).mapToObj(i -> "rb" + i))) + " AS rb");
        }
        for (ColumnSql part : figures) {
            forms.add(normal(part.figure()) + " AS " + part.figure());
        }
        return forms;
    }

    /** A subquery that computes each expression once, however often its name is used outside. */
    private String layer(List<String> expressions, String from) {
        List<String> selected = new ArrayList<>(expressions);
        dialect.fence().ifPresent(selected::add);
        return "SELECT " + String.join(", ", selected) + " FROM " + from;
    }

    private String normal(String form) {
        return dialect.residue(form);
    }

    private String fifth(String x) {
        String square = dialect.remainder("(" + x + " * " + x + ")", P);
        String fourth = dialect.remainder("(" + square + " * " + square + ")", P);
        return dialect.remainder("(" + fourth + " * " + x + ")", P);
    }

    private String total(String name) {
        return "COALESCE(SUM(CAST(" + fifth(name) + " AS DECIMAL(38,0))), 0) AS " + name;
    }

    private static String sum(Stream<String> terms) {
        return terms.collect(Collectors.joining(" + "));
    }
}
