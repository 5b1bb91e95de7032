package org.caravan.stage;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Cuts a stream of rows into parts, hands their files to an upload, and writes the manifest. */
@Component("caravan-stage")
public class StageComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        StageEndpoint endpoint = new StageEndpoint(uri, this);
        endpoint.setAction(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
