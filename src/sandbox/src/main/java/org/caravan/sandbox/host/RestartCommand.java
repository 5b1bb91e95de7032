package org.caravan.sandbox.host;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings one stand-in back. */
@Command(
        name = "restart",
        description =
                "Brings a stand-in back that ended or was killed, on its port and with its data; stops it first if it runs.")
final class RestartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NAME", description = "The stand-in: source, s3, redshift or databricks.")
    private String name;

    @Override
    public Integer call() {
        Map<String, Object> standIn = new StandInOrder(common.directory(), spec).carryOut("restart", name);
        spec.commandLine()
                .getOut()
                .println(name + " is back on port " + standIn.get("port") + " after " + standIn.get("seconds")
                        + " seconds.");
        return 0;
    }
}
