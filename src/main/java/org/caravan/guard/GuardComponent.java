package org.caravan.guard;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Stops a run whose rows look wrong before they are loaded. */
@Component("caravan-guard")
public class GuardComponent extends DefaultComponent {
    @Metadata(description = "The pipelines whose failing rules only warn, with commas between: to let a run pass once.")
    private String pass = "";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GuardEndpoint endpoint = new GuardEndpoint(uri, this);
        endpoint.setAction(remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public String getPass() {
        return pass;
    }

    public void setPass(String pass) {
        this.pass = pass;
    }
}
