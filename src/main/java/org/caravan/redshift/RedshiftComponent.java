package org.caravan.redshift;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Loads staged files into Amazon Redshift and publishes them. Its options are the defaults of its endpoints. */
@Component("caravan-redshift")
public class RedshiftComponent extends DefaultComponent {
    @Metadata(
            description = "The Redshift data source, as the name of a bean in the registry.",
            defaultValue = "redshift")
    private String dataSource = "redshift";

    @Metadata(description = "The schema of the target tables.", defaultValue = "public")
    private String schema = "public";

    @Metadata(description = "The schema of the staging tables.", defaultValue = "caravan_staging")
    private String stagingSchema = "caravan_staging";

    @Metadata(
            description =
                    "ARN of the IAM role with which COPY reads Amazon S3, or default for the cluster's default role.")
    private String iamRole = "";

    @Metadata(description = "The Redshift user through whom Databricks reads; granted SELECT on the staging tables.")
    private String reader = "";

    @Metadata(
            description = "How long publish waits for each lock; the error then names who holds it.",
            defaultValue = "5m",
            javaType = "java.time.Duration")
    private long lockWait = RedshiftEndpoint.LOCK_WAIT;

    @Metadata(
            description = "How long a statement may take, as Redshift's statement_timeout; 0 is for ever.",
            defaultValue = "0",
            javaType = "java.time.Duration")
    private long statementTimeout;

    @Metadata(
            description =
                    "How much of the cluster's storage must be free once a run's files are loaded, in percent; 0 asks nothing.",
            defaultValue = "0")
    private int minFreePercent;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RedshiftEndpoint endpoint = new RedshiftEndpoint(uri, this);
        endpoint.setAction(remaining);
        endpoint.setDataSource(dataSource);
        endpoint.setSchema(schema);
        endpoint.setStagingSchema(stagingSchema);
        endpoint.setIamRole(iamRole);
        endpoint.setReader(reader);
        endpoint.setLockWait(lockWait);
        endpoint.setStatementTimeout(statementTimeout);
        endpoint.setMinFreePercent(minFreePercent);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    public int getMinFreePercent() {
        return minFreePercent;
    }

    public void setMinFreePercent(int minFreePercent) {
        this.minFreePercent = minFreePercent;
    }

    public String getDataSource() {
        return dataSource;
    }

    public void setDataSource(String dataSource) {
        this.dataSource = dataSource;
    }

    public String getSchema() {
        return schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public String getStagingSchema() {
        return stagingSchema;
    }

    public void setStagingSchema(String stagingSchema) {
        this.stagingSchema = stagingSchema;
    }

    public String getIamRole() {
        return iamRole;
    }

    public void setIamRole(String iamRole) {
        this.iamRole = iamRole;
    }

    public String getReader() {
        return reader;
    }

    public void setReader(String reader) {
        this.reader = reader;
    }

    public long getLockWait() {
        return lockWait;
    }

    public void setLockWait(long lockWait) {
        this.lockWait = lockWait;
    }

    public long getStatementTimeout() {
        return statementTimeout;
    }

    public void setStatementTimeout(long statementTimeout) {
        this.statementTimeout = statementTimeout;
    }
}
