package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/** TRUNCATE, VACUUM and ANALYZE in Redshift's grammar. */
final class Maintenance {
    private Maintenance() {}

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_TRUNCATE.html: one table, and the transaction is committed. */
    static Plan truncate(TokenCursor in) {
        in.expect("truncate");
        in.accept("table");
        TableName table = in.expectTable();
        in.expectEnd();
        return new Plan.Truncate("truncate table " + table.sql());
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html */
    static Plan vacuum(TokenCursor in) {
        in.expect("vacuum");
        boolean reindex = in.accept("reindex");
        boolean recluster = !reindex && in.accept("recluster");
        if (in.accept("sort") || in.accept("delete")) {
            in.expect("only");
        } else if (!reindex && !recluster) {
            in.accept("full");
        }
        List<TableName> tables = new ArrayList<>();
        if (in.peek().isName() && !in.looksAt("boost") && !in.looksAt("to")) {
            tables.add(in.expectTable());
            if (!reindex && in.accept("to")) {
                threshold(in);
            }
        } else if (recluster) {
            throw in.unexpected();
        }
        in.accept("boost");
        in.expectEnd();
        return new Plan.Vacuum(tables);
    }

    private static void threshold(TokenCursor in) {
        if (!in.peek().text().matches("\\d+")) {
            throw in.unexpected();
        }
        String percent = in.next().text();
        if (percent.length() > 3 || Integer.parseInt(percent) > 100) {
            throw new StatementRefused("22023", "the threshold of VACUUM is 0 to 100 percent, not " + percent);
        }
        in.expect("percent");
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_CANCEL.html */
    static Plan cancel(TokenCursor in) {
        in.expect("cancel");
        if (!in.peek().text().matches("\\d{1,9}")) {
            throw in.unexpected();
        }
        int pid = Integer.parseInt(in.next().text());
        Optional<String> message = in.atEnd() ? Optional.empty() : Optional.of(in.expectString());
        in.expectEnd();
        return new Plan.Cancel(pid, message);
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_ANALYZE.html */
    static Plan analyze(TokenCursor in) {
        in.next();
        if (in.looksAt("compression")) {
            throw StatementRefused.notYet("ANALYZE COMPRESSION");
        }
        StringBuilder sql = new StringBuilder("analyze ");
        if (in.accept("verbose")) {
            sql.append("verbose ");
        }
        if (in.peek().isName()) {
            sql.append(in.expectTable().sql());
            if (in.looksAt("(")) {
                sql.append(" (")
                        .append(String.join(
                                ", ",
                                in.expectNames().stream().map(Token::quote).toList()))
                        .append(')');
            } else if (in.accept("predicate") || in.accept("all")) {
                in.expect("columns");
            }
        }
        in.expectEnd();
        return new Plan.Forward(sql.toString());
    }
}
