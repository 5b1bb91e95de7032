package org.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Orders failures of a stand-in of the shared sandbox; see docs/sandbox-faults.md. */
public final class SandboxFaults {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final String token;

    private SandboxFaults(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    public static SandboxFaults of(String standIn) throws IOException {
        Path description = SharedSandbox.config().resolveSibling("sandbox.json");
        JsonNode control = JSON.readTree(description.toFile()).path(standIn).path("control");
        return new SandboxFaults(
                URI.create(control.path("url").asText() + "/faults"),
                control.path("token").asText());
    }

    public void order(String fault) throws IOException, InterruptedException {
        send(request().POST(HttpRequest.BodyPublishers.ofString(fault)).build());
    }

    public void clear() throws IOException, InterruptedException {
        send(request().DELETE().build());
    }

    /** What is ordered, and how often each struck. */
    public String report() throws IOException, InterruptedException {
        return send(request().GET().build());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
