package org.caravan.redshift;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.caravan.redshift.PublishOptions.Analyze;
import org.caravan.redshift.PublishOptions.BoundViews;
import org.caravan.redshift.PublishOptions.Mode;
import org.caravan.redshift.PublishOptions.OldTable;
import org.caravan.redshift.PublishOptions.WhenMatched;
import org.caravan.redshift.PublishOptions.WhenMissing;

/** How a run is published, as a route says it; those that do not go together are refused. To be set by one thread. */
@UriParams
public class PublishConfiguration {
    @UriParam(
            description =
                    "How the target's rows change (publish). replace: all are deleted and the run's inserted. swap: a new"
                            + " table takes the target's name. append: the run's are added. merge: the run's replace those with the same"
                            + " keys. replace-partition: the run's replace those with the same partition.",
            defaultValue = "replace",
            enums = "replace,swap,append,merge,replace-partition")
    private String mode = "replace";

    @UriParam(description = "The columns by which merge tells rows apart, with commas between (publish, mode=merge).")
    private String keys = "";

    @UriParam(
            description =
                    "What merge does with a row whose key the target has: update its row there, or ignore it (publish, mode=merge).",
            defaultValue = "update",
            enums = "update,ignore")
    private String whenMatched = "update";

    @UriParam(
            description =
                    "What merge does with a row of the target whose key the run has not: keep it, or delete it (publish, mode=merge).",
            defaultValue = "keep",
            enums = "keep,delete")
    private String whenMissing = "keep";

    @UriParam(
            description =
                    "The column whose values say which rows of the target are replaced: those that have one of the run's (publish, mode=replace-partition).")
    private String partition = "";

    @UriParam(
            description =
                    "What swap does with the table that it replaces: drop it, or keep it as TABLE__old_RUN (publish, mode=swap).",
            defaultValue = "drop",
            enums = "drop,keep")
    private String oldTable = "drop";

    @UriParam(
            description =
                    "What swap does if views are bound to the table that it replaces: refuse, or leave them with the old table, which is then kept (publish, mode=swap).",
            defaultValue = "refuse",
            enums = "refuse,leave")
    private String views = "refuse";

    @UriParam(
            description =
                    "For which columns ANALYZE renews the target's statistics after the commit: predicates (those that queries filter or join by), all, or none (publish).",
            defaultValue = "predicates",
            enums = "predicates,all,none")
    private String analyze = "predicates";

    @UriParam(
            description =
                    "What happens if the target is there and its columns differ from the result's (contract, publish). freeze: the run"
                            + " is refused. add: new columns are added to the target. widen: text, binary, integers and decimals get more"
                            + " room. Both with a comma between. replace: a new table takes its place (mode=swap).",
            defaultValue = "freeze")
    private String schemaChange = "freeze";

    /**
     * The options.
     *
     * @throws IllegalArgumentException if a value is not known, a parameter is missing, or one has no meaning in the mode
     */
    PublishOptions options(Duration lockWait) {
        Mode chosen = Words.value(Mode.class, "mode", mode);
        List<String> keyColumns = Arrays.stream(keys.split(",", -1))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
        PublishOptions options = new PublishOptions(
                chosen,
                keyColumns,
                Words.value(WhenMatched.class, "whenMatched", whenMatched),
                Words.value(WhenMissing.class, "whenMissing", whenMissing),
                partition.strip(),
                Words.value(OldTable.class, "oldTable", oldTable),
                Words.value(BoundViews.class, "views", views),
                Words.value(Analyze.class, "analyze", analyze),
                SchemaChange.of(schemaChange),
                lockWait);
        require(chosen, Mode.MERGE, "keys", keyColumns.isEmpty());
        require(chosen, Mode.REPLACE_PARTITION, "partition", options.partition().isEmpty());
        belongs(chosen, Mode.MERGE, "whenMatched", options.whenMatched() == WhenMatched.UPDATE);
        belongs(chosen, Mode.MERGE, "whenMissing", options.whenMissing() == WhenMissing.KEEP);
        belongs(chosen, Mode.SWAP, "oldTable", options.oldTable() == OldTable.DROP);
        belongs(chosen, Mode.SWAP, "views", options.views() == BoundViews.REFUSE);
        belongs(
                chosen,
                Mode.SWAP,
                "schemaChange=replace",
                !options.schemaChange().allows(SchemaChange.Kind.REPLACE));
        return options;
    }

    private static void require(Mode mode, Mode needing, String parameter, boolean isMissing) {
        if (mode == needing && isMissing) {
            throw new IllegalArgumentException(
                    "caravan-redshift:publish?mode=" + mode.label() + " needs the parameter " + parameter);
        }
        belongs(mode, needing, parameter, isMissing);
    }

    private static void belongs(Mode mode, Mode owner, String parameter, boolean isDefault) {
        if (mode != owner && !isDefault) {
            throw new IllegalArgumentException("The parameter " + parameter
                    + " of caravan-redshift:publish belongs to mode=" + owner.label() + ", and the mode is "
                    + mode.label());
        }
    }

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public String getKeys() {
        return keys;
    }

    public void setKeys(String keys) {
        this.keys = keys;
    }

    public String getWhenMatched() {
        return whenMatched;
    }

    public void setWhenMatched(String whenMatched) {
        this.whenMatched = whenMatched;
    }

    public String getWhenMissing() {
        return whenMissing;
    }

    public void setWhenMissing(String whenMissing) {
        this.whenMissing = whenMissing;
    }

    public String getPartition() {
        return partition;
    }

    public void setPartition(String partition) {
        this.partition = partition;
    }

    public String getOldTable() {
        return oldTable;
    }

    public void setOldTable(String oldTable) {
        this.oldTable = oldTable;
    }

    public String getViews() {
        return views;
    }

    public void setViews(String views) {
        this.views = views;
    }

    public String getSchemaChange() {
        return schemaChange;
    }

    public void setSchemaChange(String schemaChange) {
        this.schemaChange = schemaChange;
    }

    public String getAnalyze() {
        return analyze;
    }

    public void setAnalyze(String analyze) {
        this.analyze = analyze;
    }
}
