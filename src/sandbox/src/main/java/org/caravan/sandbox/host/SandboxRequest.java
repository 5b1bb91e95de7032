package org.caravan.sandbox.host;

import java.util.List;
import org.caravan.sandbox.source.Scale;

/**
 * What sandbox is wanted.
 *
 * @param scale the source's scale
 * @param standIns the names of the stand-ins to start
 * @param data what becomes of the data of an earlier start
 * @param flavour which of its two services Redshift is
 */
record SandboxRequest(Scale scale, List<String> standIns, Data data, String flavour) {
    enum Data {
        KEEP,
        DELETE
    }

    SandboxRequest {
        standIns = List.copyOf(standIns);
        if (!List.of("provisioned", "serverless").contains(flavour)) {
            throw new IllegalArgumentException(
                    "the flavour of Redshift is provisioned or serverless, not '" + flavour + "'");
        }
        for (String name : standIns) {
            if (!StandInSpecs.ALL.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no stand-in '" + name + "'; there are " + StandInSpecs.ALL);
            }
        }
        if (standIns.contains(StandInSpecs.REDSHIFT) && !standIns.contains(StandInSpecs.S3)) {
            throw new IllegalArgumentException("redshift copies from s3; add s3 to " + standIns);
        }
    }

    boolean wants(String standIn) {
        return standIns.contains(standIn);
    }
}
