package org.caravan.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.caravan.databricks.DatabricksEndpoint;
import org.caravan.format.FormatException;
import org.caravan.format.RowsDataFormat;
import org.caravan.guard.GuardEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Failure;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.Watermarks;
import org.caravan.redshift.RedshiftEndpoint;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.SourceColumn;
import org.caravan.schema.TableName;
import org.caravan.source.QueryEndpoint;
import org.caravan.source.ReadPlan;
import org.caravan.stage.StageEndpoint;
import org.caravan.verify.VerifyEndpoint;

/**
 * Follows a pipeline's steps without taking them: each step of Caravan's tells what it would execute for a run that the steps
 * before have left as they would. Asks the source to describe the query, and nobody else anything.
 */
final class Planner {
    /** Marks a run's id as one of a plan. */
    private static final String PLAN = "_plan0";

    private final String pipeline;
    private final Supplier<Optional<Watermarks>> marks;
    private final Map<String, String> given;
    private final List<Plan.Section> sections = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private final List<Failure> problems = new ArrayList<>();
    private final Map<String, Plan.Parameter> parameters = new LinkedHashMap<>();
    private Run run;
    private Optional<QueryEndpoint> query = Optional.empty();
    private Optional<ReadPlan> reading = Optional.empty();
    private Optional<StageEndpoint> parts = Optional.empty();
    private Optional<StageEndpoint> manifest = Optional.empty();
    private Optional<RowsDataFormat> format = Optional.empty();
    private List<SourceColumn> source = List.of();
    private List<KeyRule> keyRules = List.of();

    private Planner(String pipeline, Map<String, String> given, Supplier<Optional<Watermarks>> marks) {
        this.pipeline = pipeline;
        this.given = Map.copyOf(given);
        this.marks = marks;
        this.run = run(pipeline);
    }

    /** A run that does not run. */
    static Run run(String pipeline) {
        Instant now = Instant.now();
        String id = RunId.at(now).value();
        return new Run(new RunId(id.substring(0, id.indexOf('_')) + PLAN), pipeline, now);
    }

    /**
     * The plan of a pipeline of a started context.
     *
     * @param given values for the query's parameters, as a run may be given them
     * @param marks where the ledger tells how far sources were read; asked of a pipeline that reads increments
     */
    static Plan plan(
            CamelContext context, String pipeline, Map<String, String> given, Supplier<Optional<Watermarks>> marks) {
        List<RouteSteps.Step> steps = RouteSteps.of(context, pipeline);
        Planner planner = new Planner(pipeline, given, marks);
        boolean loads = loads(steps);
        try {
            for (RouteSteps.Step step : steps) {
                planner.take(step, loads);
            }
            if (planner.query.isEmpty()) {
                throw new CaravanException(
                        Category.CONFIG,
                        "Pipeline '" + pipeline + "' has no caravan-query step that can be found without running it.");
            }
        } catch (CaravanException e) {
            planner.problems.add(new Failure(e.category(), e.getMessage()));
        } catch (FormatException | IllegalArgumentException e) {
            planner.problems.add(new Failure(
                    Category.CONFIG,
                    "The files of pipeline '" + pipeline + "' cannot be written: " + e.getMessage() + "."));
        }
        return planner.plan(loads);
    }

    /** Whether a route loads its files into Redshift. */
    static boolean loads(List<RouteSteps.Step> steps) {
        return steps.stream()
                .anyMatch(step -> step instanceof RouteSteps.To to
                        && to.endpoint() instanceof RedshiftEndpoint redshift
                        && redshift.getAction().equals("load"));
    }

    private void take(RouteSteps.Step step, boolean loads) {
        if (step instanceof RouteSteps.Marshal marshal && marshal.format() instanceof RowsDataFormat rows) {
            encode(rows, loads);
        } else if (step instanceof RouteSteps.Computed computed) {
            unseen.add(computed.uri());
        } else if (step instanceof RouteSteps.To to) {
            send(to.endpoint());
        }
    }

    private void send(Endpoint endpoint) {
        if (endpoint instanceof QueryEndpoint asked) {
            query = Optional.of(asked);
            run = run(asked.getPipeline());
            asked.plannedParameters(given).forEach((name, value) -> {
                RunParameters.Parameter shown =
                        new RunParameters.Parameter(name, value.type().label(), value.text()).masked(Secrets.NONE);
                parameters.put(name, new Plan.Parameter(shown.type(), shown.value()));
            });
            increment(asked);
            source = asked.describe(given);
            run.setColumns(new Columns(source.stream().map(SourceColumn::column).toList()));
            reading(asked);
        } else if (endpoint instanceof StageEndpoint stage && stage.getAction().equals("parts")) {
            parts = Optional.of(stage);
            run.proof().setSample(stage.getSample());
        } else if (endpoint instanceof StageEndpoint stage && stage.getAction().equals("manifest")) {
            manifest = Optional.of(stage);
            stage.plan(run);
        } else if (endpoint instanceof GuardEndpoint guard) {
            guard(guard);
        } else if (endpoint instanceof RedshiftEndpoint redshift) {
            redshift(redshift);
        } else if (endpoint instanceof DatabricksEndpoint databricks) {
            String made = databricks.getTable().equals("run") ? table() : "the load ledger";
            add("verify", "databricks", "Make " + made + " visible in the foreign catalog", databricks.plan(run));
        } else if (endpoint instanceof VerifyEndpoint verify
                && verify.getAction().equals("statements")) {
            String engine = verify.getEngine();
            String title = "Verify " + (verify.getSubject().equals("table") ? table() : "the load ledger")
                    + (engine.equals("redshift") ? " in Redshift" : " through Databricks");
            add("verify", engine, title, verify.plan(run));
        }
    }

    private void increment(QueryEndpoint asked) {
        asked.plannedIncrement().ifPresent(increment -> {
            run.parameters().setIncrement(increment);
            asked.plannedBounds(marks.get())
                    .forEach((name, text) -> parameters.put(name, new Plan.Parameter(increment.type(), text)));
        });
    }

    private void reading(QueryEndpoint asked) {
        try {
            reading = Optional.of(asked.readPlan(given));
        } catch (CaravanException e) {
            problems.add(new Failure(e.category(), e.getMessage()));
        }
    }

    private void guard(GuardEndpoint guard) {
        try {
            keyRules = guard.plan(run);
        } catch (CaravanException e) {
            problems.add(new Failure(e.category(), e.getMessage()));
        }
        if (!guard.isEmpty()) {
            add("guard", "caravan", "Guard: the run " + guard.text(), List.of());
        }
    }

    private void redshift(RedshiftEndpoint redshift) {
        try {
            redshift.check(pipeline);
        } catch (CaravanException e) {
            problems.add(new Failure(e.category(), e.getMessage()));
        }
        List<Planned> statements = redshift.plan(run, keyRules);
        String title =
                switch (redshift.getAction()) {
                    case "load" -> "Load into " + table();
                    case "contract" ->
                        "Schema contract, schemaChange="
                                + redshift.getConfiguration().getSchemaChange()
                                + ": what differs, and what that takes, is known when the target is asked";
                    default -> "Publish to " + table() + ", in one transaction";
                };
        add(redshift.getAction(), "redshift", title, statements);
    }

    private void encode(RowsDataFormat rows, boolean loads) {
        format = Optional.of(rows);
        Columns columns = run.columns()
                .orElseThrow(() -> new CaravanException(
                        Category.CONFIG, "Pipeline '" + pipeline + "' encodes files before it has queried."));
        FileFormat file = rows.fileFormat(columns);
        run.setFileFormat(file);
        if (loads) {
            file.obstacle()
                    .ifPresent(obstacle -> problems.add(new Failure(
                            Category.CONFIG,
                            "The files of pipeline '" + pipeline + "' cannot be loaded into Redshift: " + obstacle
                                    + ".")));
        }
    }

    private String table() {
        return run.table()
                .map(TableName::toString)
                .filter(name -> !name.contains(run.id().value()))
                .orElse("the staging table");
    }

    private void add(String step, String engine, String title, List<Planned> statements) {
        // What is asked only once the run is published has no statements before.
        if (!step.equals("verify") || !statements.isEmpty()) {
            sections.add(new Plan.Section(step, engine, title, List.copyOf(statements)));
        }
    }

    private Plan plan(boolean loads) {
        List<Plan.PlannedColumn> columns = new ArrayList<>();
        run.fileFormat().ifPresent(file -> {
            for (int i = 0; i < source.size(); i++) {
                columns.add(Lossiness.of(source.get(i), format.orElseThrow(), file, i, loads));
            }
        });
        return new Plan(
                pipeline,
                run.id(),
                query.map(asked -> new Plan.Query(asked.getDataSource(), asked.getSql())),
                parameters,
                reading,
                columns,
                run.fileFormat().map(this::files),
                loads,
                sections,
                unseen,
                problems);
    }

    private Plan.Files files(FileFormat file) {
        return new Plan.Files(
                file.name(),
                file.suffix(),
                file.copyOptions(),
                parts.map(StageEndpoint::partBytes),
                parts.map(StageEndpoint::getMaxRows).filter(rows -> rows < Long.MAX_VALUE),
                parts.map(StageEndpoint::getSlices).filter(slices -> slices > 0),
                manifest.or(() -> parts.filter(stage -> !stage.getBucket().isBlank()))
                        .map(stage -> stage.partAddress(run, file)),
                run.manifest(),
                run.jsonPaths());
    }
}
