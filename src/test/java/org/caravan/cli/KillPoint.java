package org.caravan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where something is killed: while a stand-in holds what a run asks of it. Immutable.
 *
 * @param killed what is killed: caravan, or a stand-in
 * @param held who holds the run: a stand-in, or the source by a lock
 * @param first the call that is held first
 * @param then the statement that is held next, where it can be told from others only by what came before; may be empty
 */
record KillPoint(String name, String mode, String killed, String held, String first, String then) {
    private static final String CARAVAN = "caravan";
    private static final String APPEND = "mode=append";
    private static final String LEDGER_ROW = statement("INSERT INTO .*load_ledger");

    /** The modes, by the name of a pipeline of each. */
    static final List<String> MODES =
            List.of(APPEND, "mode=replace", "mode=swap", "mode=merge&keys=id", "mode=replace-partition&partition=part");

    private static String statement(String pattern) {
        return "\"statement\":\"" + pattern + "\"";
    }

    /** Thirty points: every boundary of a step, the middle of each, and before and after each commit. */
    static List<KillPoint> all() {
        List<KillPoint> points = new ArrayList<>();
        points.add(new KillPoint("extract: the query runs", APPEND, CARAVAN, "source", "", ""));
        points.add(new KillPoint("stage: a part is uploaded", APPEND, CARAVAN, "s3", "\"method\":\"PUT\"", ""));
        points.add(new KillPoint("stage: the parts are looked for", APPEND, CARAVAN, "s3", "\"method\":\"GET\"", ""));
        points.add(new KillPoint(
                "stage: the manifest is uploaded", APPEND, CARAVAN, "s3", "\"method\":\"PUT\",\"skip\":1", ""));
        points.add(redshift("load: the staging table is made", "mode=replace", "CREATE TABLE [^ ]*caravan_staging"));
        points.add(redshift("load: COPY", APPEND, " COPY "));
        points.add(redshift("load: after COPY", APPEND, "pg_last_copy_count"));
        points.add(new KillPoint(
                "load: COMMIT",
                APPEND,
                CARAVAN,
                "redshift",
                statement("pg_last_copy_count"),
                statement("^\\\\s*COMMIT")));
        points.add(redshift("verify: before the publication", "mode=replace", "step=verify"));
        for (String mode : MODES) {
            points.add(new KillPoint("publish: before the COMMIT", mode, CARAVAN, "redshift", LEDGER_ROW, ""));
            points.add(new KillPoint(
                    "publish: COMMIT", mode, CARAVAN, "redshift", LEDGER_ROW, statement("^\\\\s*COMMIT")));
            points.add(new KillPoint(
                    "publish: after the COMMIT", mode, CARAVAN, "redshift", LEDGER_ROW, statement("SET timezone")));
        }
        points.add(redshift("close: the staging table is dropped", "mode=merge&keys=id", "step=load .{0,4}DROP TABLE"));
        points.add(new KillPoint("extract: the query runs", APPEND, "source", "source", "", ""));
        points.add(new KillPoint("stage: a part is uploaded", APPEND, "s3", "s3", "\"method\":\"PUT\"", ""));
        points.add(new KillPoint("load: COPY", APPEND, "redshift", "redshift", statement(" COPY "), ""));
        points.add(new KillPoint(
                "publish: COMMIT",
                "mode=merge&keys=id",
                "redshift",
                "redshift",
                LEDGER_ROW,
                statement("^\\\\s*COMMIT")));
        points.add(new KillPoint(
                "verify: before the publication",
                "mode=replace",
                "databricks",
                "redshift",
                statement("step=verify"),
                ""));
        return points;
    }

    private static KillPoint redshift(String name, String mode, String pattern) {
        return new KillPoint(name, mode, CARAVAN, "redshift", statement(pattern), "");
    }

    /** What a run of ten rows of a version leaves in the target. */
    static Map<String, Integer> apply(String mode, Map<String, Integer> before, String version) {
        Map<String, Integer> after = new TreeMap<>(mode.equals(APPEND) ? before : Map.of());
        after.put(version, VersionedPipeline.ROWS);
        return after;
    }

    boolean killsCaravan() {
        return killed.equals(CARAVAN);
    }

    /** The name of the pipeline that is killed here. */
    String pipeline() {
        String name = "kill_" + mode.replaceAll("mode=|&.*", "").replace('-', '_');
        return killed.equals("databricks") ? name + "_everywhere" : name;
    }

    @Override
    public String toString() {
        return "kill " + killed + "; " + name + "; " + mode.replaceAll("mode=|&.*", "");
    }
}
