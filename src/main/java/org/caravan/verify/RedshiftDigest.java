package org.caravan.verify;

import java.util.List;
import java.util.Map;
import org.caravan.ledger.TableDigest;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.DigestAnswers;
import org.caravan.verify.digest.DigestSql;
import org.caravan.verify.digest.Sample;

/** The digest as the verification asks Redshift for it, for those who publish; stateless. */
public final class RedshiftDigest implements TableDigest {
    @Override
    public List<String> statements(String from, Columns columns, int sample) {
        return DigestSql.redshift().of(new Sample(sample)).statements("", from, columns);
    }

    @Override
    public String read(Columns columns, int sample, List<Map<String, Object>> answers) {
        return DigestAnswers.read(columns, new Sample(sample), answers).toString();
    }

    @Override
    public boolean isSame(Columns one, Columns other) {
        return DigestSql.excluded(one).equals(DigestSql.excluded(other));
    }
}
