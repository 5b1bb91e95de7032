package org.caravan.sandbox.host;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the sandbox: {@code up}, {@code down}, {@code status}, {@code kill} and {@code restart}.
 *
 * <p>Exit codes: 0 done, 1 failed (or not up), 2 wrong usage.
 */
@Command(
        name = "sandbox",
        description =
                "Local stand-ins for Amazon S3, Amazon Redshift and a Databricks SQL warehouse, and a source database.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            KillCommand.class,
            RestartCommand.class,
            SuperviseCommand.class
        })
public final class Sandbox implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "List the verbs, and end.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sandbox())
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    if (!(problem instanceof SandboxFailure)) {
                        throw problem;
                    }
                    command.getErr().println(problem.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .setParameterExceptionHandler((problem, given) -> {
                    CommandLine command = problem.getCommandLine();
                    command.getErr().println(problem.getMessage());
                    command.getErr()
                            .println("Say " + command.getCommandSpec().qualifiedName() + " --help for what it takes");
                    return CommandLine.ExitCode.USAGE;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing");
    }
}
