package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * CREATE, ALTER and DROP DATABASE, none of which runs inside a transaction block
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_DATABASE.html, r_ALTER_DATABASE.html, r_DROP_DATABASE.html).
 */
final class DatabaseDdl {
    private DatabaseDdl() {}

    static Plan create(TokenCursor in) {
        in.expect("create", "database");
        String name = Token.quote(in.expectName().name());
        StringBuilder options = new StringBuilder();
        List<String> after = new ArrayList<>();
        in.accept("with");
        while (!in.atEnd()) {
            if (in.accept("owner")) {
                in.accept("=");
                options.append(" owner ").append(Token.quote(in.expectName().name()));
            } else if (in.accept("connection", "limit")) {
                options.append(" connection limit ")
                        .append(in.accept("unlimited") ? "-1" : in.next().text());
            } else if (in.accept("collate")) {
                if (in.accept("case_insensitive") || in.accept("ci")) {
                    throw StatementRefused.notYet("COLLATE CASE_INSENSITIVE");
                }
                in.acceptAnyOf("case_sensitive", "cs");
            } else {
                after.add(isolation(in, name));
            }
        }
        return new Plan.OutsideBlock("create database " + name + options, "CREATE DATABASE", List.of(), after);
    }

    static Plan alter(TokenCursor in) {
        in.expect("alter", "database");
        String name = Token.quote(in.expectName().name());
        String head = "alter database " + name;
        if (in.accept("rename", "to")) {
            head += " rename to " + Token.quote(in.expectName().name());
        } else if (in.accept("owner", "to")) {
            head += " owner to " + Token.quote(in.expectName().name());
        } else if (in.accept("connection", "limit")) {
            head += " connection limit "
                    + (in.accept("unlimited") ? "-1" : in.next().text());
        } else {
            head = isolation(in, name);
        }
        in.expectEnd();
        return new Plan.OutsideBlock(head, "ALTER DATABASE");
    }

    static Plan drop(TokenCursor in) {
        in.expect("drop", "database");
        String name = Token.quote(in.expectName().name());
        boolean force = in.accept("force");
        in.expectEnd();
        return new Plan.OutsideBlock("drop database " + name + (force ? " with (force)" : ""), "DROP DATABASE");
    }

    private static String isolation(TokenCursor in, String database) {
        in.expect("isolation", "level");
        String level = in.accept("serializable") ? "serializable" : "snapshot";
        if (level.equals("snapshot")) {
            in.expect("snapshot");
        }
        return "alter database " + database + " set redshift.db_isolation = '" + level + "'";
    }
}
