package org.caravan.redshift;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.schema.TableName;

/** Who may do what with a table, and what hangs on it; stateless. */
final class TargetRights {
    private TargetRights() {}

    /**
     * The statements that give a table that takes this one's name the grants of this one; its owner needs none.
     *
     * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_RELATION_PRIVILEGES.html">SVV_RELATION_PRIVILEGES</a>
     */
    static List<String> grants(Script script, TableName of, Optional<Owner> owner) throws SQLException {
        List<String> grants = new ArrayList<>();
        for (Map<String, Object> row : script.rows("SELECT p.privilege_type AS privilege, p.identity_name AS grantee,"
                + " p.identity_type AS kind, p.admin_option AS admin FROM svv_relation_privileges p"
                + " WHERE p.namespace_name = " + RedshiftSql.literal(of.schema()) + " AND p.relation_name = "
                + RedshiftSql.literal(of.table()) + " ORDER BY 3, 2, 1")) {
            String grantee = String.valueOf(row.get("grantee"));
            if (owner.stream().noneMatch(user -> user.name().equals(grantee))) {
                grants.add("GRANT " + row.get("privilege") + " ON " + RedshiftSql.quoted(of) + " TO "
                        + grantee(String.valueOf(row.get("kind")), grantee)
                        + (isTrue(row.get("admin")) ? " WITH GRANT OPTION" : ""));
            }
        }
        return grants;
    }

    private static String grantee(String kind, String name) {
        return switch (kind.strip()) {
            case "public" -> "PUBLIC";
            case "group" -> "GROUP " + RedshiftSql.quoted(name);
            case "role" -> "ROLE " + RedshiftSql.quoted(name);
            default -> RedshiftSql.quoted(name);
        };
    }

    private static boolean isTrue(Object value) {
        return value != null && (value.equals("t") || value.equals("true") || value.equals("1"));
    }

    /** The owner of a table, and whether it is this user. */
    record Owner(String name, boolean isThisUser) {
        /** The statement that gives a table of this user this owner, if it is another. */
        Optional<String> of(TableName table) {
            return isThisUser
                    ? Optional.empty()
                    : Optional.of("ALTER TABLE " + RedshiftSql.quoted(table) + " OWNER TO " + RedshiftSql.quoted(name));
        }
    }

    static Optional<Owner> owner(Script script, TableName table) throws SQLException {
        return script
                .rows("SELECT PG_GET_USERBYID(c.relowner) AS owner,"
                        + " CASE WHEN PG_GET_USERBYID(c.relowner) = CURRENT_USER THEN 1 ELSE 0 END AS own FROM pg_class c"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = "
                        + RedshiftSql.literal(table.schema()) + " AND c.relname = "
                        + RedshiftSql.literal(table.table()))
                .stream()
                .map(row -> new Owner(String.valueOf(row.get("owner")), "1".equals(row.get("own"))))
                .findFirst();
    }

    /** The views that are bound to a table, and would go on reading it under another name; late-binding views are not. */
    static List<String> boundViews(Script script, TableName table) throws SQLException {
        return boundViews(script, table, List.of());
    }

    /**
     * The views that are bound to some columns of a table.
     *
     * @param columns these only, or any if there are none
     */
    static List<String> boundViews(Script script, TableName table, List<String> columns) throws SQLException {
        String ofColumns = columns.isEmpty()
                ? ""
                : " AND td.refobjsubid IN (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname IN ("
                        + columns.stream().map(RedshiftSql::literal).collect(Collectors.joining(", ")) + "))";
        return script
                .rows("SELECT DISTINCT vn.nspname AS schema, v.relname AS name FROM pg_class t"
                        + " JOIN pg_namespace tn ON tn.oid = t.relnamespace"
                        + " JOIN pg_depend td ON td.refobjid = t.oid JOIN pg_depend vd ON vd.objid = td.objid"
                        + " JOIN pg_class v ON v.oid = vd.refobjid AND v.oid <> t.oid AND v.relkind = 'v'"
                        + " JOIN pg_namespace vn ON vn.oid = v.relnamespace WHERE tn.nspname = "
                        + RedshiftSql.literal(table.schema()) + " AND t.relname = "
                        + RedshiftSql.literal(table.table()) + ofColumns + " ORDER BY 1, 2")
                .stream()
                .map(row -> row.get("schema") + "." + row.get("name"))
                .toList();
    }
}
