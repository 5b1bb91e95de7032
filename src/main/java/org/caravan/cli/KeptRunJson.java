package org.caravan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Resumed;
import org.caravan.ledger.RunDetails;
import org.caravan.ledger.StagedPart;

/**
 * What {@code --json} prints of runs that the ledger keeps; where a field of {@link RunReport} says the same, it has the same name.
 * Figures that a run did not come to are absent.
 */
final class KeptRunJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private KeptRunJson() {}

    static ObjectNode of(List<KeptRun> runs) {
        ObjectNode json = NODES.objectNode();
        ArrayNode list = json.putArray("runs");
        runs.forEach(run -> list.add(of(run)));
        return json;
    }

    private static ObjectNode of(KeptRun run) {
        ObjectNode json = NODES.objectNode();
        json.put("run", run.id().value());
        json.put("pipeline", run.pipeline());
        json.put("outcome", run.state().label());
        json.put("started", run.started().toString());
        run.ended().ifPresent(ended -> json.put("ended", ended.toString()));
        KeptRunText.time(run).ifPresent(time -> json.put("seconds", seconds(time)));
        json.set("origin", of(run.origin()));
        json.put("configuration", run.configuration());
        run.query().ifPresent(query -> json.put("query", query));
        json.put("token", run.token());
        run.table().ifPresent(table -> json.put("table", table));
        ObjectNode rows = json.putObject("rows");
        run.rows().forEach((point, count) -> rows.put(point.label(), count));
        json.put("parts", run.parts());
        json.put("bytes", run.bytes());
        run.manifest().ifPresent(manifest -> json.put("manifest", manifest));
        run.failure().ifPresent(failure -> json.putObject("error")
                .put("category", failure.category().label())
                .put("message", failure.message()));
        return json;
    }

    private static ObjectNode of(Origin origin) {
        return NODES.objectNode()
                .put("startedBy", origin.startedBy().label())
                .put("host", origin.host())
                .put("pid", origin.pid())
                .put("user", origin.user())
                .put("settings", origin.settings());
    }

    private static ObjectNode of(Resumed.Holder holder) {
        return NODES.objectNode()
                .put("host", holder.host())
                .put("pid", holder.pid())
                .put("user", holder.user());
    }

    static ObjectNode of(RunDetails details) {
        ObjectNode json = of(details.run());
        ObjectNode digests = json.putObject("digests");
        details.digests().forEach((point, digest) -> digests.put(point.label(), digest));
        ArrayNode proofs = json.putArray("proofs");
        details.proofs().forEach(proof -> {
            ObjectNode of = proofs.addObject()
                    .put("table", proof.table())
                    .put("engine", proof.engine().label());
            proof.names().forEach(name -> of.withArray("compared").add(name));
        });
        ObjectNode steps = json.putObject("steps");
        details.steps().forEach((step, time) -> steps.putObject(step.label())
                .put("began", time.began().toString())
                .put("seconds", seconds(time.spent())));
        details.cancellation().ifPresent(request -> {
            ObjectNode of = json.putObject("cancellation")
                    .put("asked", request.asked().toString())
                    .put("host", request.host())
                    .put("pid", request.pid())
                    .put("user", request.user());
            request.seen().ifPresent(seen -> of.put("seen", seen.toString()));
        });
        ArrayNode resumptions = json.putArray("resumptions");
        details.resumptions().forEach(resumed -> {
            ObjectNode of = resumptions
                    .addObject()
                    .put("interrupted", resumed.interrupted().value())
                    .put("at", resumed.at().toString())
                    .put("startedBy", resumed.startedBy().label());
            of.set("by", of(resumed.by()));
            of.set("before", of(resumed.before()));
            resumed.anew().ifPresent(why -> of.put("anew", why));
        });
        ArrayNode files = json.putArray("files");
        details.parts().forEach(part -> files.add(of(part)));
        ObjectNode alterations = json.putObject("alterations");
        details.alterations().forEach((column, rules) -> {
            ObjectNode ofColumn = alterations.putObject(column);
            rules.forEach(ofColumn::put);
        });
        ObjectNode parameters = json.putObject("parameters");
        details.parameters().forEach(parameter -> parameters
                .putObject(parameter.name())
                .put("type", parameter.type())
                .put("value", parameter.value()));
        ArrayNode retries = json.putArray("retries");
        details.retries()
                .forEach(retried -> retries.add(NODES.objectNode()
                        .put("step", retried.step().label())
                        .put("attempt", retried.attempt())
                        .put("fault", retried.fault())
                        .put("waited", seconds(retried.waited()))));
        ArrayNode warnings = json.putArray("warnings");
        details.warnings()
                .forEach(warning -> warnings.add(
                        NODES.objectNode().put("rule", warning.rule()).put("message", warning.message())));
        return json;
    }

    private static ObjectNode of(StagedPart part) {
        return NODES.objectNode()
                .put("part", part.number())
                .put("key", part.key())
                .put("rows", part.rows())
                .put("bytes", part.bytes())
                .put("crc32", String.format(Locale.ROOT, "%08x", part.crc32()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
