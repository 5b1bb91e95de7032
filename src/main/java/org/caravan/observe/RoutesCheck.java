package org.caravan.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.caravan.reload.FileState;
import org.caravan.reload.Problem;
import org.caravan.reload.ReloadState;

/** Whether routes are in force; names each file that is refused, which harms no other. */
final class RoutesCheck extends ServiceCheck {
    private final Optional<FollowedFiles> files;
    private final IntSupplier routes;

    /**
     * @param files empty if files are not followed
     * @param routes how many routes are in force
     */
    RoutesCheck(Optional<FollowedFiles> files, IntSupplier routes) {
        super("caravan-routes", Kind.READINESS);
        this.files = files;
        this.routes = routes;
    }

    @Override
    void check(HealthCheckResultBuilder result) {
        Optional<ReloadState> state = files.flatMap(FollowedFiles::state);
        if (files.isPresent() && state.isEmpty()) {
            result.down().message("The files are being loaded.");
            return;
        }
        int inForce = routes.getAsInt();
        List<String> parts = new ArrayList<>();
        parts.add(
                inForce == 0
                        ? "No route is in force"
                        : inForce + (inForce == 1 ? " route is" : " routes are") + " in force");
        state.flatMap(ReloadState::trouble).ifPresent(parts::add);
        List<FileState> refused = state.map(ReloadState::problems).orElse(List.of());
        refused.forEach(file -> parts.add(refusal(file)));
        result.message(parts.stream().map(RoutesCheck::sentence).collect(Collectors.joining(" ")));
        result.state(inForce == 0 ? HealthCheck.State.DOWN : HealthCheck.State.UP);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("routes", inForce);
        state.ifPresent(known -> {
            data.put("files", known.files().size());
            data.put("accepted", known.accepted());
            data.put("refusedVersions", known.refused());
            data.put("looked", known.looked().toString());
        });
        data.put("refused", refused.stream().map(RoutesCheck::data).toList());
        result.detail(DATA, data);
    }

    private static String refusal(FileState file) {
        String place = file.problem()
                .filter(problem -> problem.line().isPresent())
                .map(problem -> file.file() + ":" + problem.line().getAsInt())
                .orElse(file.file());
        return place + " is refused, "
                + (file.good().isPresent() ? "its version before goes on" : "nothing of it runs") + ": "
                + file.problem().map(Problem::message).orElse("it is not known why");
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static Map<String, Object> data(FileState file) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", file.file());
        file.problem().ifPresent(problem -> {
            problem.line().ifPresent(line -> data.put("line", line));
            data.put("message", problem.message());
        });
        data.put("before", file.good().isPresent() ? "goes on" : "none");
        data.put("since", file.since().toString());
        return data;
    }
}
