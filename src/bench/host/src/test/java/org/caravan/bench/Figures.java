package org.caravan.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up figures for tests. */
final class Figures {
    static final Dataset DATA = new Dataset(Source.LINEITEM, "SELECT 1", 1_000, "l_orderkey", "500500", 1_000, "");
    static final Contender LIMIT = contender("psql", Contender.Role.LIMIT);
    static final Contender WRITER = contender("caravan", Contender.Role.WRITER);
    static final Contender ABSENT = contender("caravan-2", Contender.Role.WRITER);

    private Figures() {}

    private static Contender contender(String id, Contender.Role role) {
        return new Contender(
                id,
                id + ": COPY & <more>",
                "-Xmx1g",
                Source.LINEITEM,
                role,
                (site, data, directory) -> Invocation.of(List.of("true"), Map.of()));
    }

    static Sample sample(Contender contender, int round, double wall, double work) {
        return new Sample(contender.id(), round, wall, work, 3, 400_000_000, 1_000, 50_000_000, Optional.empty());
    }

    static Sample failed(Contender contender, int round) {
        return new Sample(contender.id(), round, 1, 1, 1, 1, 999, 1, Optional.of("999 rows instead of 1,000"));
    }

    static Report report(List<Sample> samples) {
        return new Report(
                new Machine("Some CPU", 2, 8L << 30, "Linux", "17", Instant.EPOCH, 0.1),
                Map.of(Source.LINEITEM, DATA),
                List.of(LIMIT, WRITER, ABSENT),
                samples,
                Map.of(ABSENT, "no such option"),
                Optional.empty());
    }
}
