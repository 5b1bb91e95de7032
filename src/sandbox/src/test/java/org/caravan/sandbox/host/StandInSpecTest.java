package org.caravan.sandbox.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInSpecTest {
    private static final StandInSpec SPEC = new StandInSpec("databricks", "Main", List.of("-Xmx768m"), List.of());

    @Test
    void takesOptionsFromTheVariableOfItsName() {
        assertThat(SPEC.moreOptions(Map.of(
                        "CARAVAN_SANDBOX_DATABRICKS", " -Xmx2g  -XX:TieredStopAtLevel=1 ",
                        "CARAVAN_SANDBOX_REDSHIFT", "-Xmx1g")))
                .containsExactly("-Xmx2g", "-XX:TieredStopAtLevel=1");
    }

    @Test
    void takesNothingFromAnEmptyEnvironment() {
        assertThat(SPEC.moreOptions(Map.of())).isEmpty();
        assertThat(SPEC.moreOptions(Map.of("CARAVAN_SANDBOX_DATABRICKS", " "))).isEmpty();
    }
}
