package org.caravan.schedule;

import java.util.Optional;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerPersistenceDelegateSupport;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerProperties;
import org.quartz.spi.OperableTrigger;

/**
 * Lets Quartz' JDBC job store keep a {@link PipelineTrigger} as text in its table QRTZ_SIMPROP_TRIGGERS. Named in the job store's
 * settings; without it the store serializes the trigger.
 */
public final class PipelineTriggerStore extends SimplePropertiesTriggerPersistenceDelegateSupport {
    /** The longest text of a column; a timetable takes two. */
    private static final int COLUMN = 512;

    @Override
    public boolean canHandleTriggerType(OperableTrigger trigger) {
        return trigger instanceof PipelineTrigger known && known.timetable().length() <= 2 * COLUMN;
    }

    @Override
    public String getHandledTriggerTypeDiscriminator() {
        return "CARAVAN";
    }

    @Override
    protected SimplePropertiesTriggerProperties getTriggerProperties(OperableTrigger trigger) {
        String timetable = ((PipelineTrigger) trigger).timetable();
        SimplePropertiesTriggerProperties properties = new SimplePropertiesTriggerProperties();
        properties.setString1(timetable.substring(0, Math.min(COLUMN, timetable.length())));
        properties.setString2(timetable.substring(Math.min(COLUMN, timetable.length())));
        properties.setInt1(trigger.getMisfireInstruction());
        return properties;
    }

    @Override
    protected TriggerPropertyBundle getTriggerPropertyBundle(SimplePropertiesTriggerProperties properties) {
        String rest = Optional.ofNullable(properties.getString2()).orElse("");
        return new TriggerPropertyBundle(
                PipelineTriggers.of(properties.getString1() + rest, properties.getInt1()),
                new String[0],
                new Object[0]);
    }
}
