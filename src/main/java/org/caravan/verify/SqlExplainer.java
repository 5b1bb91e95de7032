package org.caravan.verify;

import java.sql.SQLException;
import java.util.Optional;
import org.caravan.ledger.Category;
import org.caravan.ledger.Explainer;
import org.caravan.ledger.Failure;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Step;

/** Explains the errors of the engines that camel-jdbc passes on from the verification's statements. */
public final class SqlExplainer implements Explainer {
    @Override
    public Optional<Failure> explain(Throwable error, Step step) {
        if (step != Step.VERIFY || !(error instanceof SQLException refused)) {
            return Optional.empty();
        }
        boolean databricks = refused.getClass().getName().startsWith("com.databricks.");
        return Optional.of(new Failure(
                Category.VERIFY,
                SqlFailures.of(
                                Category.VERIFY,
                                databricks ? "databricks" : "redshift",
                                "Measuring the run's table " + (databricks ? "through Databricks" : "in Redshift"),
                                refused)
                        .getMessage()));
    }
}
