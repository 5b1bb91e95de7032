package org.caravan.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.caravan.databricks.DatabricksEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Failures;
import org.caravan.ledger.Run;
import org.caravan.ledger.Step;
import org.caravan.redshift.RedshiftEndpoint;
import org.caravan.source.QueryEndpoint;
import org.caravan.stage.StageEndpoint;

/** Connects to what pipelines use, and tries each right that a run needs; leaves nothing behind. What several share is tried once. */
final class ConnectionCheck {
    private final Host host;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> done = new HashSet<>();

    ConnectionCheck(Host host) {
        this.host = host;
    }

    /** Tries what the steps of a pipeline use. */
    void check(String pipeline, List<RouteSteps.Step> steps) {
        Run run = Planner.run("caravan-check");
        for (RouteSteps.Step step : steps) {
            if (step instanceof RouteSteps.To to) {
                check(pipeline, to.endpoint(), run);
            }
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private void check(String pipeline, Endpoint endpoint, Run run) {
        if (endpoint instanceof QueryEndpoint query) {
            attempt(pipeline + ": source", Step.EXTRACT, () -> {
                int columns = query.describe(Map.of()).size();
                return "'" + query.getDataSource() + "' describes the query: " + columns
                        + (columns == 1 ? " column" : " columns");
            });
        } else if (endpoint instanceof StageEndpoint stage && !stage.getBucket().isBlank()) {
            attempt("bucket " + stage.getBucket() + "/" + stage.getPrefix(), Step.STAGE, () -> {
                stage.tryOut(host.s3(), run);
                return "listed; an object was put, read and deleted";
            });
        } else if (endpoint instanceof RedshiftEndpoint redshift
                && !redshift.getAction().equals("contract")) {
            boolean load = redshift.getAction().equals("load");
            String schema = load ? redshift.getStagingSchema() : redshift.getSchema();
            attempt("Redshift schema " + schema, load ? Step.LOAD : Step.PUBLISH, () -> {
                redshift.tryOut(run);
                return "a table was made there"
                        + (load && !redshift.getReader().isBlank() ? " and granted to " + redshift.getReader() : "")
                        + ", and rolled back";
            });
        } else if (endpoint instanceof DatabricksEndpoint databricks) {
            attempt("Databricks catalog " + databricks.getCatalog(), Step.VERIFY, () -> {
                databricks.tryOut();
                return "its schemas are shown";
            });
        }
    }

    /** What is tried, and what is said if it succeeds. */
    private interface Attempt {
        String run();
    }

    private void attempt(String subject, Step step, Attempt attempt) {
        if (!done.add(subject)) {
            return;
        }
        try {
            findings.add(Finding.ok(subject, attempt.run()));
        } catch (CaravanException e) {
            findings.add(Finding.problem(subject, new Failure(e.category(), e.getMessage())));
        } catch (RuntimeException e) {
            findings.add(Finding.problem(subject, Failures.of(e, step)));
        }
    }
}
