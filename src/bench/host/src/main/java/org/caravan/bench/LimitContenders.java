package org.caravan.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The source's own speed: {@code COPY … TO STDOUT} as text, thrown away. By psql, or where there is none by pgjdbc. */
final class LimitContenders {
    private LimitContenders() {}

    static List<Contender> all() {
        String tool = hasPsql() ? "psql" : "pgjdbc CopyManager (no psql here)";
        String heap = hasPsql() ? "" : "-Xmx256m";
        return List.of(
                new Contender(
                        "psql",
                        tool + ": COPY as text to nothing",
                        heap,
                        Source.LINEITEM,
                        Contender.Role.LIMIT,
                        (site, data, directory) -> copy(site, List.of(data.sql()))),
                new Contender(
                        "psql-2",
                        tool + ": the same by two connections, a ctid range each",
                        heap,
                        Source.LINEITEM,
                        Contender.Role.READER,
                        (site, data, directory) -> copy(site, halves(site, data))),
                new Contender(
                        "psql-profile",
                        tool + ": COPY as text to nothing",
                        heap,
                        Source.PROFILE,
                        Contender.Role.LIMIT,
                        (site, data, directory) -> copy(site, List.of(data.sql()))));
    }

    static boolean hasPsql() {
        return Site.has("psql");
    }

    private static List<String> halves(Site site, Dataset data) {
        long middle = Source.pages(site, data.name()) / 2;
        return List.of(
                data.sql() + " WHERE ctid < '(" + middle + ",0)'", data.sql() + " WHERE ctid >= '(" + middle + ",0)'");
    }

    private static Invocation copy(Site site, List<String> queries) {
        if (!hasPsql()) {
            List<String> command = new ArrayList<>(List.of(
                    Site.java(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    site.classPath("host"),
                    CopyToNothing.class.getName()));
            command.addAll(queries);
            return new Invocation(command, site.connection(), Printed::seconds);
        }
        // Each query is an argument of the shell's, so that nothing in it needs quoting.
        StringBuilder script = new StringBuilder();
        for (int i = 1; i <= queries.size(); i++) {
            script.append("psql -X -q -v ON_ERROR_STOP=1 -c \"COPY ($")
                    .append(i)
                    .append(") TO STDOUT\" > /dev/null & p")
                    .append(i)
                    .append("=$!; ");
        }
        for (int i = 1; i <= queries.size(); i++) {
            script.append("wait $p").append(i).append(" || exit 1; ");
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script.toString(), "sh"));
        command.addAll(queries);
        return Invocation.of(command, psql(site));
    }

    /** libpq's variables for the JDBC URL's server. */
    private static Map<String, String> psql(Site site) {
        URI uri = URI.create(site.url().substring("jdbc:".length()));
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", uri.getHost());
        environment.put("PGPORT", Integer.toString(uri.getPort()));
        environment.put("PGDATABASE", Path.of(uri.getPath()).getFileName().toString());
        environment.put("PGUSER", site.user());
        environment.put("PGPASSWORD", site.password());
        return environment;
    }
}
