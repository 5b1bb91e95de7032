package org.caravan.databricks;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes a run's table visible in Databricks. Its options are the defaults of its endpoints. */
@Component("caravan-databricks")
public class DatabricksComponent extends DefaultComponent {
    @Metadata(
            description = "The Databricks data source, as the name of a bean in the registry.",
            defaultValue = "databricks")
    private String dataSource = "databricks";

    @Metadata(description = "The foreign catalog that shows the Redshift database.")
    private String catalog = "";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DatabricksEndpoint endpoint = new DatabricksEndpoint(uri, this);
        endpoint.setAction(remaining);
        endpoint.setDataSource(dataSource);
        endpoint.setCatalog(catalog);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public String getDataSource() {
        return dataSource;
    }

    public void setDataSource(String dataSource) {
        this.dataSource = dataSource;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }
}
