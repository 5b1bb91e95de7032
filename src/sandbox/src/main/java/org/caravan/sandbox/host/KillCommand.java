package org.caravan.sandbox.host;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends one stand-in suddenly, while the sandbox stays up. */
@Command(
        name = "kill",
        description = "Ends a stand-in at once, as kill -9 would, and its PostgreSQL with it; restart brings it back.")
final class KillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NAME", description = "The stand-in: source, s3, redshift or databricks.")
    private String name;

    @Override
    public Integer call() {
        new StandInOrder(common.directory(), spec).carryOut("kill", name);
        spec.commandLine().getOut().println(name + " is killed; 'sandbox restart " + name + "' brings it back.");
        return 0;
    }
}
