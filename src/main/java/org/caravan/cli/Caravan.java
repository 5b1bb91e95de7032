package org.caravan.cli;

import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line. Its exit codes: 0 done, 2 usage, and those of {@link org.caravan.ledger.Category}. */
@Command(
        name = "caravan",
        description =
                "Carries a SQL query's result to Amazon S3, loads it into Amazon Redshift, and proves through Databricks that"
                        + " what arrived is what was queried.",
        mixinStandardHelpOptions = true,
        version = "caravan 0.1.0-SNAPSHOT",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            BackfillCommand.class,
            ResumeCommand.class,
            RetryCommand.class,
            CancelCommand.class,
            PlanCommand.class,
            CheckCommand.class,
            StartCommand.class,
            ScheduleCommand.class,
            PauseCommand.class,
            UnpauseCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            VerifyCertificateCommand.class,
            CleanCommand.class,
            SandboxCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0 done · 2 usage · 3 configuration · 4 source · 5 format or staging",
            "  6 load · 7 verification differs · 8 publish · 9 interrupted"
        })
final class Caravan {
    private static final String LOGGING = "logback.configurationFile";

    Caravan() {}

    public static void main(String[] args) {
        // Not logback.xml at the jar's root: an application that embeds the jar has one of its own.
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "org/caravan/cli/logback.xml");
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        StopSignal.listen();
        int exitCode = new CommandLine(new Caravan())
                .setErr(Masking.over(new OutputStreamWriter(System.err, Charset.defaultCharset())))
                .execute(args);
        StopSignal.ended(exitCode);
        System.exit(exitCode);
    }
}
