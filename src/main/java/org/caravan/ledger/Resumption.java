package org.caravan.ledger;

import static java.util.Objects.requireNonNull;

/** How a run goes on that ended before it was done; immutable. Its files are whole in Amazon S3, and the source is not asked. */
public record Resumption(RunDetails kept, StagedFiles files) {
    public Resumption {
        requireNonNull(kept, "kept");
        requireNonNull(files, "files");
    }

    /** The run as it was when its manifest was written; its steps begin anew. */
    Run run() {
        KeptRun before = kept.run();
        Run run = new Run(before.id(), before.pipeline(), before.started());
        run.recovery().setResumption(this);
        run.setQueryHash(before.query());
        kept.parameters().forEach(run.parameters()::add);
        before.manifest().ifPresent(run::setManifest);
        run.setColumns(files.columns());
        files.format().ifPresent(run::setFileFormat);
        files.jsonPaths().ifPresent(run::setJsonPaths);
        kept.parts().forEach(part -> {
            run.addPart(part);
            run.addBytesStaged(part.bytes());
        });
        run.addRowsRead(before.rows().getOrDefault(Point.SOURCE, 0L));
        kept.alterations()
                .forEach((column, rules) -> rules.forEach((rule, values) -> run.addAlteration(column, rule, values)));
        return run;
    }
}
