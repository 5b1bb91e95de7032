package org.caravan.redshift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.ledger.Planned;
import org.caravan.ledger.TableDigest;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;

/** Notes the statements of a publication as for a target that is not there yet; not thread-safe. */
final class PlannedScript implements Script {
    /** What a plan answers for a digest. */
    static final String DIGEST = "";

    private final List<Planned> statements = new ArrayList<>();

    List<Planned> statements() {
        return statements;
    }

    @Override
    public void execute(String sql) {
        statements.add(new Planned(sql));
    }

    @Override
    public void await(String sql, TableName table) {
        execute(sql);
    }

    @Override
    public long update(String sql) {
        execute(sql);
        return 0;
    }

    @Override
    public long number(String sql) {
        execute(sql);
        return 0;
    }

    @Override
    public List<Map<String, Object>> rows(String sql) {
        execute(sql);
        return List.of();
    }

    @Override
    public String digest(String from, Columns columns, int sample) {
        String of = sample == 1
                ? "the digest: Redshift reads the table once"
                : "the digest, sampled 1/" + sample
                        + ": Redshift reads the table once, and computes it of the chosen rows";
        for (String sql : TableDigest.inRedshift().statements(from, columns, sample)) {
            statements.add(new Planned(sql, of));
        }
        return DIGEST;
    }
}
