package org.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/** The answers to a list of statements, one row for each: {@code camel-jdbc} gives a list of rows, each a map by column label. */
final class Answers {
    private Answers() {}

    /** @param body the message's body, in which the split has collected the answers */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> of(Object body) {
        if (!(body instanceof List<?> statements)) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-verify:compare expects a list of answers, one a statement; collect them in the split with"
                            + " GroupedBodyAggregationStrategy.");
        }
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Object answer : statements) {
            if (answer instanceof List<?> rows && rows.size() == 1 && rows.get(0) instanceof Map<?, ?> row) {
                answers.add((Map<String, Object>) row);
            } else {
                throw new CaravanException(
                        Category.VERIFY, "A verification statement was not answered by one row: " + answer);
            }
        }
        return answers;
    }
}
