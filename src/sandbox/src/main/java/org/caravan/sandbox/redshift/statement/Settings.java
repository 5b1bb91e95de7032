package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.ServerParameters;

/** Session parameters: those that PostgreSQL shares, those that only Redshift has, and SET and SHOW of both. */
public final class Settings {
    /** https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_ConfigurationRef.html, and what drivers set. */
    private static final Set<String> SHARED = Set.of(
            "datestyle",
            "extra_float_digits",
            "search_path",
            "statement_timeout",
            "timezone",
            "application_name",
            "client_encoding",
            "client_min_messages",
            "session_authorization",
            "transaction_isolation",
            "server_version",
            "standard_conforming_strings",
            "server_encoding",
            "is_superuser",
            "integer_datetimes",
            "default_transaction_isolation",
            "max_identifier_length",
            "transaction_read_only",
            "default_transaction_read_only",
            "lock_timeout",
            "intervalstyle",
            "lc_collate",
            "bytea_output");

    public static final Set<String> REDSHIFT_ONLY = Set.of(
            "query_group",
            "readonly",
            "enable_case_sensitive_identifier",
            "enable_case_sensitive_super_attribute",
            "enable_result_cache_for_session",
            "wlm_query_slot_count",
            "describe_field_name_in_uppercase",
            "downcase_delimited_identifier",
            "analyze_threshold_percent",
            "enable_numeric_rounding",
            "enable_vacuum_boost",
            "error_on_nondeterministic_update",
            "json_serialization_enable",
            "json_serialization_parse_nested_strings",
            "max_concurrency_scaling_clusters",
            "max_cursor_result_set_size",
            "mv_enable_aqmv_for_session",
            "navigate_super_null_on_error",
            "parse_super_null_on_error",
            "cast_super_null_on_error",
            "pg_federation_repeatable_read",
            "spectrum_enable_pseudo_columns",
            "spectrum_query_maxerror",
            "stored_proc_log_min_messages",
            "use_fips_ssl",
            "spectrum_session_id",
            "auto_analyze",
            "date_string_type",
            "metadata_security",
            "enable_mvrefresh",
            "selectivity_estimate",
            "compupdate");

    /** Database isolation is SERIALIZABLE or SNAPSHOT whatever a session asks for: r_BEGIN.html, "processed as if SERIALIZABLE". */
    private static final String ISOLATION = "repeatable read";

    private Settings() {}

    static String postgresName(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return REDSHIFT_ONLY.contains(folded) ? "redshift." + folded : folded;
    }

    static Plan set(TokenCursor in, List<Token> tokens) {
        in.expect("set");
        String scope = in.accept("session", "characteristics") || in.looksAt("transaction")
                ? "characteristics"
                : in.accept("local") ? "local " : "";
        if (scope.equals("characteristics")) {
            return new Plan.Forward(SqlTokenizer.join(isolation(tokens)));
        }
        if (in.looksAt("session", "authorization")) {
            return new Plan.Forward(SqlTokenizer.join(tokens));
        }
        in.accept("session");
        if (in.accept("time", "zone")) {
            return new Plan.Forward("set " + scope + "time zone" + SqlTokenizer.join(in.rest()));
        }
        String name = checked(in.expectName().name());
        if (!in.acceptAnyOf("to", "=")) {
            throw in.unexpected();
        }
        List<Token> value = in.rest();
        boolean bareWord = name.startsWith("redshift.")
                && value.get(0).isWord()
                && !value.get(0).is("default");
        String text = bareWord ? " " + Token.literal(value.get(0).text()) : SqlTokenizer.join(value);
        return new Plan.Forward("set " + scope + name + " to" + (text.startsWith(" ") ? "" : " ") + text);
    }

    static Plan reset(TokenCursor in, List<Token> tokens) {
        in.expect("reset");
        if (in.looksAt("all") || in.looksAt("session", "authorization")) {
            return new Plan.Forward(SqlTokenizer.join(tokens));
        }
        return new Plan.Forward("reset " + checked(in.expectName().name()));
    }

    /** SHOW of one parameter. */
    static Plan show(TokenCursor in, List<Token> tokens) {
        if (in.looksAt("all")
                || in.looksAt("time", "zone")
                || in.looksAt("transaction", "isolation")
                || in.looksAt("session", "authorization")) {
            return new Plan.Forward(SqlTokenizer.join(tokens));
        }
        String name = in.expectName().name();
        in.expectEnd();
        if (name.equals("server_version")) {
            return new Plan.Forward(
                    "select " + Token.literal(ServerParameters.VERSION) + "::varchar as server_version");
        }
        return new Plan.Forward(
                "select current_setting(" + Token.literal(checked(name)) + ")::varchar as " + Token.quote(name));
    }

    /** BEGIN and SET TRANSACTION with whatever isolation level run at the one level there is. */
    static List<Token> isolation(List<Token> tokens) {
        List<Token> result = new java.util.ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            result.add(tokens.get(i));
            if (tokens.get(i).is("level") && i > 0 && tokens.get(i - 1).is("isolation")) {
                result.add(Token.word(ISOLATION));
                i += tokens.get(i + 1).is("serializable") || tokens.get(i + 1).is("snapshot") ? 1 : 2;
            }
        }
        return result;
    }

    /** Whether quoted names keep their case after this statement. */
    public static boolean caseSensitive(String sql, boolean before) {
        String name = "redshift.enable_case_sensitive_identifier";
        if (sql.startsWith("set " + name + " to")) {
            String value = sql.substring(("set " + name + " to").length()).toLowerCase(Locale.ROOT);
            return value.contains("on") || value.contains("true") || value.contains("1");
        }
        return !sql.equals("reset " + name) && before;
    }

    private static String checked(String name) {
        String postgresName = postgresName(name);
        if (!postgresName.contains(".") && !SHARED.contains(postgresName)) {
            throw new StatementRefused("42704", "unrecognized configuration parameter \"" + name + "\"");
        }
        return postgresName;
    }
}
