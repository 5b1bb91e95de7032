package org.caravan.verify.digest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Columns;

/** Reads the answers to a {@link DigestSql}'s statements: one row a statement, as a map of figures by name. */
public final class DigestAnswers {
    private DigestAnswers() {}

    /**
     * The digest that an engine computed of a table with such columns, the figures of {@link DigestSql#excluded excluded} ones being 0;
     * throws if figures are missing or the table changed between statements.
     */
    public static Digest read(Columns columns, List<Map<String, Object>> answers) {
        return read(columns, Sample.ALL, answers);
    }

    /** The same of a sample, of which the statements asked. */
    public static Digest read(Columns columns, Sample sample, List<Map<String, Object>> answers) {
        List<Question> questions = Question.of(columns);
        if (answers.size() != questions.size()) {
            throw new CaravanException(
                    Category.VERIFY,
                    "The digest asked " + questions.size() + " questions and got " + answers.size() + " answers.");
        }
        long rows = number(answers.get(0), "n").longValueExact();
        List<BigInteger> figures = new ArrayList<>(Collections.nCopies(columns.size(), BigInteger.ZERO));
        List<Digest.Sums> groups = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Map<String, Object> answer = answers.get(i);
            long again = number(answer, "n").longValueExact();
            if (again != rows) {
                throw new CaravanException(
                        Category.VERIFY,
                        "The table changed while its digest was computed: it had " + rows + " rows, then " + again
                                + ".");
            }
            for (int c = question.figures().from(); c < question.figures().to(); c++) {
                if (Coverage.covers(columns.get(c))) {
                    figures.set(c, number(answer, "c" + c));
                }
            }
            if (question.group().isPresent()) {
                groups.add(new Digest.Sums(number(answer, "ra"), number(answer, "rb")));
            }
        }
        return new Digest(sample, rows, figures, groups);
    }

    private static BigInteger number(Map<String, Object> answer, String name) {
        Object value = answer.get(name);
        if (value == null) {
            throw new CaravanException(
                    Category.VERIFY,
                    "The digest's answer lacks the figure '" + name + "': it holds " + answer.keySet() + ".");
        }
        return new BigDecimal(value.toString()).toBigIntegerExact();
    }
}
