package org.caravan.source;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.caravan.ledger.Runs;

/** Reads the result of a SQL query as a typed stream of rows. */
@Component("caravan-query")
public class QueryComponent extends DefaultComponent {
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // The runs must hear of every exchange from the first on.
        Runs.of(getCamelContext());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        QueryEndpoint endpoint = new QueryEndpoint(uri, this);
        endpoint.setPipeline(remaining);
        endpoint.setColumnSettings(PropertiesHelper.extractProperties(parameters, "columns."));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
