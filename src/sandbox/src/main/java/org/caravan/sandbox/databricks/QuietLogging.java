package org.caravan.sandbox.databricks;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Log4j for a stand-in: warnings and worse, on standard error. */
final class QuietLogging {
    private QuietLogging() {}

    /** Call before the first logger is made. */
    static void configure() {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setStatusLevel(Level.ERROR);
        builder.add(builder.newAppender("stderr", "Console")
                .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
                .add(builder.newLayout("PatternLayout")
                        .addAttribute("pattern", "%d{HH:mm:ss} %p %c{1}: %m%n%ex{short}")));
        // Hadoop's native library is not shipped, no cluster overrides the local directory, and each failed statement
        // is told to
        // its client.
        for (String silent : new String[] {
            "org.apache.hadoop.util.NativeCodeLoader",
            "org.apache.spark.SparkConf",
            "org.apache.spark.broadcast.TorrentBroadcast",
            "org.apache.spark.executor.Executor",
            "org.apache.spark.scheduler.TaskSetManager"
        }) {
            builder.add(builder.newLogger(silent, Level.OFF));
        }
        builder.add(builder.newRootLogger(Level.WARN).add(builder.newAppenderRef("stderr")));
        Configurator.initialize(builder.build());
    }
}
