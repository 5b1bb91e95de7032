package org.caravan.sandbox.host;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.source.Scale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say what sandbox is wanted. */
final class RequestOptions {
    @Option(
            names = "--scale",
            paramLabel = "F",
            defaultValue = "0.1",
            description = "The source's size: TPC-H scale factor, 0.01 or more"
                    + " (default ${DEFAULT-VALUE}; 1 has 6,001,215 line items).")
    private String scale;

    @Option(names = "--fresh", description = "Delete the data of an earlier start first.")
    private boolean fresh;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            hidden = true,
            description = "Start only these stand-ins.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--redshift",
            paramLabel = "FLAVOUR",
            defaultValue = "provisioned",
            description =
                    "provisioned, or serverless: SYS views only, and SNAPSHOT isolation (default ${DEFAULT-VALUE}).")
    private String flavour;

    /** The request; what is wrong with it is reported as a usage error. */
    SandboxRequest request(CommandSpec spec) {
        try {
            return new SandboxRequest(
                    Scale.of(scale),
                    only.isEmpty() ? StandInSpecs.ALL : only,
                    fresh ? SandboxRequest.Data.DELETE : SandboxRequest.Data.KEEP,
                    flavour);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
