package org.caravan.ledger;

import java.util.Locale;

/** The units of progress, retry, metrics and error category. Extract and stage overlap: parts are staged as rows stream. */
public enum Step {
    EXTRACT(Category.SOURCE),
    STAGE(Category.STAGE),
    LOAD(Category.LOAD),
    VERIFY(Category.VERIFY),
    PUBLISH(Category.PUBLISH);

    private final Category category;

    Step(Category category) {
        this.category = category;
    }

    /** The category of an error in this step that says no other. */
    public Category category() {
        return category;
    }

    /** The name as reports show it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
