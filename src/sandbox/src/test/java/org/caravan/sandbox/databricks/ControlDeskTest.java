package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.sandbox.control.WrongOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDeskTest {
    private final List<JsonNode> slept = new ArrayList<>();
    private final Faults faults = new Faults(Map.of("asleep_seconds", slept::add));
    private final ControlDesk desk = new ControlDesk(faults);

    @Test
    void countsWhatStruckAndTakesItBack() throws Exception {
        desk.order(json("{'fault':'unavailable','count':2}"));

        assertThatThrownBy(faults::strike).isInstanceOf(ApiError.class);
        assertThat(desk.ordered()).containsExactly(Map.of("fault", "unavailable", "struck", 1, "left", 1));

        desk.clear();

        faults.strike();
        assertThat(desk.ordered()).isEmpty();
    }

    @Test
    void passesOnWhatIsNotCounted() throws Exception {
        desk.order(json("{'fault':'asleep_seconds','value':5}"));

        assertThat(slept).extracting(JsonNode::asInt).containsExactly(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fault':'sunshine','count':1}|there is no fault 'sunshine'; there are [asleep_seconds, delay_millis,",
                "{'fault':'unavailable'}|the fault 'unavailable' needs 'count', a number; found",
                "{'fault':'unavailable','count':true}|the fault 'unavailable' needs 'count'",
                "{'fault':'unavailable','count':1,'key':'x'}|the fault 'unavailable' takes no [key]; it takes 'count'",
                "{'fault':'asleep_seconds','count':5}|the fault 'asleep_seconds' takes no [count]; it takes 'value'",
                "{'fault':'asleep_seconds','value':'long'}|the fault 'asleep_seconds' needs 'value'"
            })
    void refusesWhatIsNoOrder(String order, String why) throws Exception {
        JsonNode json = json(order);

        assertThatThrownBy(() -> desk.order(json))
                .isInstanceOf(WrongOrder.class)
                .hasMessageStartingWith(why);
        assertThat(slept).isEmpty();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
