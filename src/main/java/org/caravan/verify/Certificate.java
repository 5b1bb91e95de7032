package org.caravan.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Point;
import org.caravan.ledger.Proof;
import org.caravan.ledger.PublishedRows;
import org.caravan.ledger.Retried;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunParameters;
import org.caravan.ledger.Secrets;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.caravan.ledger.Verification;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.verify.digest.Sample;

/**
 * The JSON that proves a run that ended well and is published; its schema is {@code certificate.schema.json} beside this class. What
 * is not known is absent. Stateless.
 */
public final class Certificate {
    /** The first field of every certificate: what it is, and in which version. */
    public static final String FORMAT = "caravan-certificate/1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Certificate() {}

    /**
     * The certificate of a run.
     *
     * @param bucket the bucket that holds the run's files
     * @param ended when the run ended
     */
    public static ObjectNode of(Run run, String bucket, Instant ended) {
        Proof proof = run.proof();
        ObjectNode json = NODES.objectNode();
        json.put("format", FORMAT);
        json.put("run", run.id().value());
        json.put("pipeline", run.pipeline());
        json.put("started", run.started().toString());
        json.put("ended", ended.toString());
        run.token().ifPresent(token -> json.put("token", token));
        json.set("origin", origin(proof.origin()));
        json.set("versions", texts(proof.versions()));
        json.put("configuration", proof.origin().configuration(run));
        run.query().ifPresent(query -> json.put("query", query));
        run.parameters().increment().ifPresent(increment -> json.putObject("increment")
                .put("of", increment.name())
                .put("type", increment.type())
                .put("from", increment.low())
                .put("below", increment.high()));
        json.set("parameters", parameters(run, proof.secrets()));
        json.set("columns", columns(run));
        json.set("files", files(run, bucket));
        copy(run, json.putObject("copy"));
        proof.publication().ifPresent(rows -> json.set("publication", publication(rows)));
        json.set("rows", rows(run.counts()));
        json.set("digests", digests(run.digests()));
        json.set("verifications", verifications(proof.verifications()));
        json.put("fresh", proof.evidence().isFresh());
        ArrayNode notProven = json.putArray("notProven");
        NotProven.of(run).forEach(notProven::add);
        ArrayNode warnings = json.putArray("warnings");
        run.warnings().list().forEach(warning -> warnings.addObject()
                .put("rule", warning.rule())
                .put("message", proof.secrets().masked(warning.message())));
        json.set("steps", steps(run));
        json.set("retries", retries(run));
        return json;
    }

    private static ObjectNode origin(Origin origin) {
        return NODES.objectNode()
                .put("startedBy", origin.startedBy().label())
                .put("host", origin.host())
                .put("pid", origin.pid())
                .put("user", origin.user())
                .put("settings", origin.settings());
    }

    private static ObjectNode texts(Map<String, String> texts) {
        ObjectNode json = NODES.objectNode();
        texts.forEach(json::put);
        return json;
    }

    /** Without what is secret: a value that the settings know as one, and that of a name such as {@code password}. */
    private static ArrayNode parameters(Run run, Secrets secrets) {
        ArrayNode list = NODES.arrayNode();
        for (RunParameters.Parameter parameter : run.parameters().all()) {
            RunParameters.Parameter masked = parameter.masked(secrets);
            list.addObject()
                    .put("name", masked.name())
                    .put("type", masked.type())
                    .put("value", masked.value());
        }
        return list;
    }

    private static ArrayNode columns(Run run) {
        ArrayNode list = NODES.arrayNode();
        List<Column> columns = run.columns().map(Columns::stream).orElseThrow().toList();
        Map<String, Map<String, Long>> alterations = run.alterations();
        for (int i = 0; i < columns.size(); i++) {
            ObjectNode column = list.addObject().put("name", columns.get(i).name());
            ObjectNode types = column.putObject("types");
            for (Proof.Place place : Proof.Place.values()) {
                List<String> names = run.proof().types(place);
                if (i < names.size()) {
                    types.put(place.name().toLowerCase(Locale.ROOT), names.get(i));
                }
            }
            ObjectNode altered = column.putObject("altered");
            alterations.getOrDefault(columns.get(i).name(), Map.of()).forEach(altered::put);
        }
        return list;
    }

    private static ObjectNode files(Run run, String bucket) {
        ObjectNode json = NODES.objectNode();
        run.fileFormat().map(FileFormat::name).ifPresent(format -> json.put("format", format));
        json.put("bucket", bucket);
        run.manifest().ifPresent(manifest -> json.put("manifest", manifest));
        ArrayNode parts = json.putArray("parts");
        run.parts().forEach(part -> parts.add(part(run, part)));
        return json;
    }

    private static ObjectNode part(Run run, StagedPart part) {
        ObjectNode json = NODES.objectNode()
                .put("part", part.number())
                .put("key", part.key())
                .put("rows", part.rows())
                .put("bytes", part.bytes())
                .put("crc32", String.format(Locale.ROOT, "%08x", part.crc32()));
        run.proof().stored(part.key()).ifPresent(object -> {
            json.put("crc32Compared", object.crc32Compared());
            object.etag().ifPresent(etag -> json.put("etag", etag));
            object.version().ifPresent(version -> json.put("version", version));
        });
        return json;
    }

    private static void copy(Run run, ObjectNode json) {
        run.proof().copyQuery().ifPresent(query -> json.put("query", query));
        run.rows(Point.COPIED).ifPresent(rows -> json.put("rows", rows));
    }

    private static ObjectNode publication(PublishedRows rows) {
        ObjectNode json = NODES.objectNode().put("mode", rows.mode()).put("target", rows.target());
        rows.transaction().ifPresent(transaction -> json.put("transaction", transaction));
        return json.put("wasThere", rows.wasThere())
                .put("inserted", rows.inserted())
                .put("updated", rows.updated())
                .put("deleted", rows.deleted())
                .put("rowsAfter", rows.rowsAfter());
    }

    private static ObjectNode rows(Map<Point, Long> counts) {
        ObjectNode json = NODES.objectNode();
        counts.forEach((point, count) -> json.put(point.label(), count));
        return json;
    }

    private static ArrayNode digests(Map<Point, String> digests) {
        ArrayNode list = NODES.arrayNode();
        digests.forEach((point, digest) -> digest(list.addObject().put("computedBy", computer(point)), digest));
        return list;
    }

    private static void digest(ObjectNode json, String digest) {
        json.put("digest", digest);
        Sample sample = Sample.of(digest);
        if (!sample.isAll()) {
            json.put("sampled", sample.toString());
        }
    }

    /** Who computes a digest: that of the files is Caravan's, from the rows that it encoded. */
    private static String computer(Point point) {
        return point == Point.FILES ? "caravan" : point.label();
    }

    private static ArrayNode verifications(List<Verification> verifications) {
        ArrayNode list = NODES.arrayNode();
        for (Verification verification : verifications) {
            ObjectNode json = list.addObject()
                    .put("table", verification.table().toString())
                    .put("published", verification.published())
                    .put("engine", verification.engine().label())
                    .put("at", verification.at().toString())
                    .put("rowsOf", NotProven.rowsOf(verification.scope()))
                    .put("rows", verification.rows());
            ArrayNode compared = json.putArray("compared");
            verification.compared().forEach(what -> compared.add(what.label()));
            verification.digest().ifPresent(digest -> digest(json, digest));
            ArrayNode excluded = json.putArray("notInDigest");
            verification.excluded().forEach(excluded::add);
            ArrayNode statements = json.putArray("statements");
            verification.statements().forEach(asked -> statements
                    .addObject()
                    .put("sha256", asked.sha256())
                    .put("computedBy", asked.computedBy().label())
                    .put("reads", asked.reads()));
        }
        return list;
    }

    /** The attempts that failed and were followed by another, in the order in which they were made. */
    private static ArrayNode retries(Run run) {
        ArrayNode list = NODES.arrayNode();
        for (Retried retried : run.recovery().retries().retried()) {
            list.addObject()
                    .put("step", retried.step().label())
                    .put("attempt", retried.attempt())
                    .put("fault", run.proof().secrets().masked(retried.fault()))
                    .put("waited", retried.waited().toMillis() / 1000.0);
        }
        return list;
    }

    private static ObjectNode steps(Run run) {
        ObjectNode json = NODES.objectNode();
        Map<Step, Duration> times = run.times();
        run.begins().forEach((step, began) -> json.putObject(step.label())
                .put("began", began.toString())
                .put("seconds", times.getOrDefault(step, Duration.ZERO).toMillis() / 1000.0));
        return json;
    }
}
