package org.caravan.sandbox.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the verbs {@code kill} and {@code restart} ask of the supervisor that is up. */
record StandInOrder(SandboxDirectory directory, CommandSpec spec) {
    private static final Duration DONE_WITHIN = Duration.ofMinutes(6);

    /**
     * Has a verb carried out on a stand-in.
     *
     * @return what the supervisor says of it
     * @throws ParameterException if the sandbox has no such stand-in
     * @throws SandboxFailure if no sandbox is up, or the supervisor cannot do it
     */
    Map<String, Object> carryOut(String verb, String standIn) {
        SandboxState state = SandboxState.ofLiving(directory)
                .orElseThrow(() -> new SandboxFailure("No sandbox is up in " + directory.root()));
        if (state.standIn(standIn).isEmpty()) {
            List<String> names =
                    state.standIns().stream().map(StandInState::name).toList();
            throw new ParameterException(
                    spec.commandLine(),
                    "the sandbox in " + directory.root() + " has no stand-in '" + standIn + "'; it has " + names);
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + state.controlPort() + "/" + verb + "/" + standIn))
                .timeout(DONE_WITHIN)
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, Object> answer = Json.object(response.body());
            if (response.statusCode() != 200) {
                throw new SandboxFailure(String.valueOf(answer.get("error")));
            }
            return answer;
        } catch (IOException e) {
            throw new SandboxFailure("the supervisor (process " + state.pid() + ") did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted while the supervisor did " + verb + " " + standIn, e);
        }
    }

    private String token() {
        return Json.read(directory.credentials(), Credentials.class)
                .map(Credentials::controlToken)
                .orElseThrow(() -> new SandboxFailure(directory.credentials() + " is missing"));
    }
}
