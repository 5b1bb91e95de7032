package org.caravan.sandbox.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CountDownLatch halted = new CountDownLatch(1);
    private final Faults faults = new Faults(List.of(
            FaultKind.of("break", "it breaks", FaultField.STATEMENT, FaultField.KEY),
            FaultKind.of("slow", "it is slow").needing(FaultField.MILLIS)));
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        server = ControlServer.start(0, "secret", faults, halted::countDown);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesListsAndForgetsOrders() throws Exception {
        HttpResponse<String> answer =
                call("POST", "/faults", "{\"fault\":\"break\",\"count\":2,\"statement\":\"^copy\",\"key\":\"a/\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(faults.strike("break", fault -> fault.isFoundIn(FaultField.STATEMENT, "COPY t")))
                .isPresent();
        assertThat(faults.strike("break", fault -> fault.isFoundIn(FaultField.STATEMENT, "select 'copy'")))
                .isEmpty();
        assertThat(faults.strike("slow", fault -> true)).isEmpty();
        JsonNode list = JSON.readTree(call("GET", "/faults", "").body());
        assertThat(list.at("/ordered/0"))
                .isEqualTo(JSON.readTree(
                        "{\"id\":1,\"fault\":\"break\",\"count\":2,\"statement\":\"^copy\",\"key\":\"a/\","
                                + "\"struck\":1,\"left\":1}"));
        assertThat(list.at("/known/1/fault").asText()).isEqualTo("slow");
        assertThat(list.at("/known/1/needs/millis").asText()).isEqualTo("milliseconds");

        assertThat(call("DELETE", "/faults", "").statusCode()).isEqualTo(200);

        assertThat(JSON.readTree(call("GET", "/faults", "").body()).path("ordered"))
                .isEmpty();
        assertThat(faults.strike("break", fault -> true)).isEmpty();
    }

    @Test
    void strikesInTheOrderOfTheOrdersAndKeepsSpentOnesOnTheList() throws Exception {
        call("POST", "/faults", "{\"fault\":\"break\",\"key\":\"first\"}");
        call("POST", "/faults", "{\"fault\":\"break\",\"key\":\"second\",\"skip\":1}");

        assertThat(faults.strike("break", fault -> true).orElseThrow().text(FaultField.KEY))
                .contains("first");
        assertThat(faults.strike("break", fault -> true)).isEmpty();
        assertThat(faults.strike("break", fault -> true).orElseThrow().text(FaultField.KEY))
                .contains("second");
        assertThat(faults.strike("break", fault -> true)).isEmpty();
        assertThat(faults.areOrdered()).isFalse();
        assertThat(faults.ordered()).extracting(order -> order.get("struck")).containsExactly(1, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"fault":"smash"}                              | there is no fault 'smash'; there are [break, slow]
            {"count":1}                                    | an order is an object with the name of a 'fault'
            ["break"]                                      | an order is an object with the name of a 'fault'
            {"fault":"slow"}                               | the fault 'slow' needs 'millis'
            {"fault":"slow","millis":"5"}                  | 'millis' is "5"; it has to be a whole number of 0 or more
            {"fault":"slow","millis":5,"key":"x"}          | the fault 'slow' takes no 'key'; it takes [count, millis, skip]
            {"fault":"slow","millis":5,"kye":"x"}          | the fault 'slow' takes no 'kye'
            {"fault":"break","count":0}                    | 'count' is 0; it has to be a whole number of 1 or more
            {"fault":"break","count":1.5}                  | 'count' is 1.5; it has to be a whole number
            {"fault":"break","statement":"("}              | 'statement' is not a regular expression
            {"fault":"break","statement":""}               | 'statement' is ""; it has to be text
            {"fault":                                      | an order is a JSON object
            """)
    void refusesWhatIsNoOrder(String order, String why) throws Exception {
        HttpResponse<String> answer = call("POST", "/faults", order);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).startsWith(why);
        assertThat(JSON.readTree(answer.body()).path("known")).hasSize(2);
        assertThat(faults.ordered()).isEmpty();
    }

    @Test
    void knowsOnlyItsTokensOwner() throws Exception {
        for (String authorization : List.of("Bearer guessed", "secret", "Basic secret")) {
            assertThat(call("POST", "/halt", "", authorization).statusCode()).isEqualTo(401);
        }
        assertThat(halted.getCount()).isEqualTo(1);
        assertThat(call("GET", "/halt", "").statusCode()).isEqualTo(404);
        assertThat(halted.getCount()).isEqualTo(1);
    }

    @Test
    void halts() throws Exception {
        assertThat(call("POST", "/halt", "").statusCode()).isEqualTo(202);

        assertThat(halted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return call(method, path, body, "Bearer secret");
    }

    private HttpResponse<String> call(String method, String path, String body, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
