package org.caravan.verify.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Columns;

/**
 * What one statement is asked: the count of rows, the figures of some columns, and the sums of the rows of one group or none.
 *
 * @param figures the columns whose figures are asked
 * @param group the number of the group whose rows are summed
 * @param range the columns of that group
 */
record Question(Groups.Range figures, Optional<Integer> group, Groups.Range range) {
    /** Column figures per statement: what a plan compiles quickly. */
    static final int MOST_FIGURES = 60;

    private static final Groups.Range NONE = new Groups.Range(0, 0);

    /** The questions that together ask for the whole digest; the same columns always give the same questions. */
    static List<Question> of(Columns columns) {
        List<Question> questions = new ArrayList<>();
        List<Groups.Range> groups = Groups.of(columns);
        if (groups.size() == 1 && columns.size() <= MOST_FIGURES) {
            return List.of(new Question(groups.get(0), Optional.of(0), groups.get(0)));
        }
        for (int i = 0; i < groups.size(); i++) {
            questions.add(new Question(NONE, Optional.of(i), groups.get(i)));
        }
        for (int from = 0; from < columns.size(); from += MOST_FIGURES) {
            questions.add(new Question(
                    new Groups.Range(from, Math.min(columns.size(), from + MOST_FIGURES)), Optional.empty(), NONE));
        }
        return questions;
    }

    boolean asksFigure(int column) {
        return column >= figures.from() && column < figures.to();
    }

    /** The columns that the statement reads. */
    Groups.Range columns() {
        return group.isPresent() ? range : figures;
    }
}
