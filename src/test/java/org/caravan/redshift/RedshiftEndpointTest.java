package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.impl.DefaultCamelContext;
import org.caravan.ledger.CaravanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedshiftEndpointTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void takesTheComponentsOptionsUnlessTheRouteSaysOtherwise() {
        RedshiftComponent component = context.getComponent("caravan-redshift", RedshiftComponent.class);
        component.setDataSource("warehouse");
        component.setSchema("sales");
        component.setStagingSchema("landing");
        component.setIamRole("default");
        component.setReader("databricks");

        RedshiftEndpoint load = endpoint("load");
        RedshiftEndpoint publish = endpoint("publish?schema=finance&dataSource=#other");

        assertThat(load.settings()).isEqualTo("warehouse");
        assertThat(load.getStagingSchema()).isEqualTo("landing");
        assertThat(load.getIamRole()).isEqualTo("default");
        assertThat(load.getReader()).isEqualTo("databricks");
        assertThat(publish.getSchema()).isEqualTo("finance");
        assertThat(publish.settings()).isEqualTo("other");
    }

    @Test
    void hasTheDefaultsThatItDocuments() {
        RedshiftEndpoint endpoint = endpoint("publish");

        assertThat(endpoint.settings()).isEqualTo("redshift");
        assertThat(endpoint.getSchema()).isEqualTo("public");
        assertThat(endpoint.getStagingSchema()).isEqualTo("caravan_staging");
        assertThat(endpoint.getIamRole()).isEmpty();
        assertThat(endpoint.getReader()).isEmpty();
        assertThat(endpoint.getTable()).isEmpty();
        assertThat(endpoint.getConfiguration().getMode()).isEqualTo("replace");
        assertThat(endpoint.getConfiguration().getSchemaChange()).isEqualTo("freeze");
        assertThat(endpoint.needsEvidence()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "unload, 'caravan-redshift knows the actions contract, load and publish, not ''unload'''",
        "publish?mode=truncate, 'must be one of replace, swap, append, merge, replace-partition, not ''truncate'''",
        "publish?mode=merge, needs the parameter keys",
        "publish?mode=replace-partition, needs the parameter partition",
        "publish?keys=id, 'The parameter keys of caravan-redshift:publish belongs to mode=merge, and the mode is replace'",
        "publish?mode=append&partition=day, belongs to mode=replace-partition",
        "publish?mode=merge&keys=id&oldTable=keep, belongs to mode=swap",
        "publish?mode=merge&keys=id&whenMatched=skip, 'must be one of update, ignore, not ''skip'''",
        "publish?schemaChange=replace, 'The parameter schemaChange=replace of caravan-redshift:publish belongs to mode=swap'",
        "contract?schemaChange=thaw, 'must be freeze, or add, widen or both with a comma between, or replace, not ''thaw'''",
        "publish?lockWait=0, must be greater than 0",
        "publish?verify=maybe, 'must be full, before or none, not ''maybe'''",
        "publish?tabel=t, Unknown parameters"
    })
    void refusesWrongOptionsWhenTheRouteStarts(String action, String message) {
        assertThatThrownBy(() -> endpoint(action)).rootCause().hasMessageContaining(message);
    }

    @Test
    void startsNoRoute() {
        assertThatThrownBy(() -> endpoint("load").createConsumer(exchange -> {}))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesTheSettingsOfADataSourceThatIsNotDefined() {
        assertThatThrownBy(() -> endpoint("load").findDataSource())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("set redshift.url, redshift.user and redshift.password");
    }

    private RedshiftEndpoint endpoint(String action) {
        return context.getEndpoint("caravan-redshift:" + action, RedshiftEndpoint.class);
    }
}
