package org.caravan.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.caravan.databricks.DatabricksEndpoint;
import org.caravan.format.FormatException;
import org.caravan.format.RowsDataFormat;
import org.caravan.guard.GuardEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Failure;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Point;
import org.caravan.redshift.RedshiftEndpoint;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.source.QueryEndpoint;
import org.caravan.verify.VerifyEndpoint;

/** Checks what can be known of a pipeline's steps without connecting to anything. */
final class PipelineCheck {
    /** Columns of plain names and types: what COPY cannot load of these, it cannot load of any. */
    private static final Columns SAMPLE = new Columns(List.of(
            new Column("id", new ColumnType.Int(Long.BYTES), true),
            new Column("name", new ColumnType.Text(ColumnType.MAX_TEXT_BYTES), true)));

    private final String pipeline;
    private final boolean loads;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Point> verified = EnumSet.noneOf(Point.class);
    private Optional<Increment> increment = Optional.empty();
    private boolean queries;
    private boolean loaded;

    private PipelineCheck(String pipeline, boolean loads) {
        this.pipeline = pipeline;
        this.loads = loads;
    }

    /** What is found of a pipeline with these steps. */
    static List<Finding> of(String pipeline, List<RouteSteps.Step> steps) {
        PipelineCheck check = new PipelineCheck(pipeline, Planner.loads(steps));
        for (RouteSteps.Step step : steps) {
            if (step instanceof RouteSteps.Marshal marshal && marshal.format() instanceof RowsDataFormat rows) {
                check.format(rows);
            } else if (step instanceof RouteSteps.To to) {
                check.endpoint(to.endpoint());
            }
        }
        if (!check.queries) {
            check.findings.add(Finding.ok(
                    check.subject("query"), "none was found; what the route does is not Caravan's to check"));
        }
        return check.findings;
    }

    private String subject(String what) {
        return pipeline + ": " + what;
    }

    private void endpoint(Endpoint endpoint) {
        if (endpoint instanceof QueryEndpoint query) {
            queries = true;
            increment = query.plannedIncrement();
            attempt("query", "on the data source '" + query.getDataSource() + "'", query::check);
        } else if (endpoint instanceof GuardEndpoint guard && !guard.isEmpty()) {
            guard(guard);
        } else if (endpoint instanceof RedshiftEndpoint redshift) {
            redshift(redshift);
        } else if (endpoint instanceof DatabricksEndpoint databricks) {
            attempt("Databricks", "catalog " + databricks.getCatalog(), () -> databricks.check(pipeline));
        } else if (endpoint instanceof VerifyEndpoint verify
                && verify.getAction().equals("compare")
                && loaded) {
            verified.add(Point.valueOf(verify.getEngine().toUpperCase(Locale.ROOT)));
        }
    }

    private void guard(GuardEndpoint guard) {
        attempt("guards", "the run " + guard.text(), () -> {
            if (loaded) {
                throw new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Every run would be refused: caravan-guard:rows stands after caravan-redshift:load. Put it before.");
            }
            if (!loads && !guard.keyRules().isEmpty()) {
                throw new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Rules unique(…) are never checked: only a staging table can answer them, and the route loads none.");
            }
        });
    }

    private void redshift(RedshiftEndpoint redshift) {
        boolean load = redshift.getAction().equals("load");
        boolean publish = redshift.getAction().equals("publish");
        loaded |= load;
        String found =
                switch (redshift.getAction()) {
                    case "load" ->
                        "staging tables in " + redshift.getStagingSchema() + ", COPY as " + redshift.getIamRole();
                    case "contract" ->
                        "if the target's columns differ: "
                                + redshift.getConfiguration().getSchemaChange();
                    default -> "the target is in the schema " + redshift.getSchema();
                };
        attempt(redshift.getAction(), found, () -> {
            redshift.check(pipeline);
            if (publish) {
                increment.ifPresent(redshift::checkIncrement);
            }
            boolean proven = verified.contains(Point.REDSHIFT) && verified.contains(Point.DATABRICKS);
            if (publish && redshift.needsEvidence() && !proven) {
                throw new CaravanException(
                        org.caravan.ledger.Category.CONFIG,
                        "Every run would be refused: the staging table is not verified in Redshift and through Databricks before"
                                + " caravan-redshift:publish. Let the route call direct:verify before it, or say verify=none"
                                + " there.");
            }
        });
    }

    private void format(RowsDataFormat rows) {
        String subject = subject("files");
        try {
            FileFormat file = rows.fileFormat(SAMPLE);
            String name = file.name() + " (*" + file.suffix() + ")";
            if (!loads) {
                findings.add(Finding.ok(
                        subject,
                        name + ", which are only delivered"
                                + file.obstacle()
                                        .map(obstacle -> "; COPY could not load them: " + obstacle)
                                        .orElse("")));
            } else if (file.obstacle().isPresent()) {
                findings.add(Finding.problem(
                        subject,
                        name + " cannot be loaded into Redshift: "
                                + file.obstacle().get() + "."));
            } else {
                findings.add(Finding.ok(subject, name + ", which COPY loads"));
            }
        } catch (IllegalArgumentException | FormatException e) {
            findings.add(Finding.problem(subject, e.getMessage() + "."));
        }
    }

    private void attempt(String what, String found, Runnable check) {
        Finding finding;
        try {
            check.run();
            finding = Finding.ok(subject(what), found);
        } catch (CaravanException e) {
            finding = Finding.problem(subject(what), new Failure(e.category(), e.getMessage()));
        }
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
