package org.caravan.schedule;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.quartz.Scheduler;

/**
 * Starts pipelines by a timetable, on the scheduler of Camel's quartz component, whose settings (camel.component.quartz.*) hold. Its
 * options are the defaults of its endpoints.
 */
@Component("caravan-schedule")
public class ScheduleComponent extends DefaultComponent {
    @Metadata(description = "The time zone of the cron, such as Europe/Berlin.", defaultValue = "UTC")
    private String timeZone = "UTC";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ScheduleEndpoint endpoint = new ScheduleEndpoint(uri, this);
        endpoint.setPipeline(remaining);
        endpoint.setTimeZone(timeZone);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** The scheduler of Camel's quartz component, which is made now if there is none yet. */
    Scheduler scheduler() {
        CamelContext context = getCamelContext();
        QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
        if (quartz == null) {
            throw new CaravanException(
                    Category.CONFIG,
                    "caravan-schedule needs Camel's quartz component: add camel-quartz to the class path.");
        }
        return quartz.getScheduler();
    }

    public String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }
}
