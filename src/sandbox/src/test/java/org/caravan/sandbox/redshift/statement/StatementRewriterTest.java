package org.caravan.sandbox.redshift.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementRewriterTest {
    private static Plan plan(String sql) {
        return StatementRewriter.plan(SqlTokenizer.statements(sql).get(0), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create table t (a int encode az64 distkey sortkey, b varchar) diststyle key | create table \"t\" (\"a\" integer, \"b\" varchar(256))",
                "create temp table if not exists s.t (a varchar(max) not null, b char, c text) | create temp table if not exists \"s\".\"t\" (\"a\" varchar(65535) not null, \"b\" char(1), \"c\" varchar(256))",
                "create table \"T\" (a decimal, b numeric(38), c float, d varbyte(10), e super) backup no sortkey auto | create table \"t\" (\"a\" numeric(18,0), \"b\" numeric(38,0), \"c\" double precision, \"d\" varbyte constraint \"caravan_bytes_d\" check (case when octet_length(\"d\") > 10 then redshift.too_long('binary varying', 10) else true end), \"e\" super)",
                "create table t (like s including defaults) | create table \"t\" (like \"s\" including defaults)",
                "create table t (a int default (1 + 2) not null, foreign key (a) references x (y), primary key (a)) | create table \"t\" (\"a\" integer default (1 + 2) not null, primary key (\"a\"))",
                "create table t distkey (a) as select 1 as \"A\" | create table \"t\" as  select 1 as \"a\"",
                "alter table \"S\".t rename to \"U\" | alter table \"s\".\"t\" rename to \"u\"",
                "alter table t add column c varchar(3) encode zstd | alter table \"t\" add column \"c\" varchar(3)",
                "alter table t alter distkey c | alter table \"t\" set (autovacuum_enabled = true)",
                "select datediff(day, a, b), dateadd('ms', 1, c), t.nvl from t | select datediff('day', a, b), dateadd('ms', 1, c), t.nvl from t",
                "select nvl(a, \"B\"), 'nvl(a)' -- nvl(a) | select coalesce(a, \"b\"), 'nvl(a)'",
                "select listagg(distinct a, ',') within group (order by b desc) from t | select listagg(distinct a, ',' order by b desc) from t",
                "select a::varchar(max), cast(b as decimal), c::varbyte(3) from t | select a::varchar(65535), cast(b as numeric(18,0)), c::varbyte from t",
                "set query_group to nightly | set redshift.query_group to 'nightly'",
                "set readonly=1 | set redshift.readonly to 1",
                "set statement_timeout to 60000 | set statement_timeout to 60000",
                "begin isolation level serializable read only | begin isolation level repeatable read read only",
                "show tables from schema $1.$2 like $3 | select * from redshift.show_tables($1::text, $2::text, $3::text)",
                "show query_group | select current_setting('redshift.query_group')::varchar as \"query_group\"",
                "analyze t predicate columns | analyze \"t\"",
                "truncate table \"T\" | truncate table \"t\"",
                "select * from \"public\".\"t\" where 1=0 | select * from \"public\".\"t\" where 1=0"
            })
    void writesStatementsForPostgres(String redshift, String postgres) {
        assertThat(plan(redshift).sql().strip()).isEqualTo(postgres);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "create table t (a uuid) | Column \"t.a\" has unsupported type \"uuid\".",
                "create table t (a serial) | Column \"t.a\" has unsupported type \"serial\".",
                "create table t (a int[]) | Column \"t.a\" has unsupported type \"int[]\".",
                "create table t (a varchar(65536)) | length for type varchar cannot exceed 65535",
                "create table t (a decimal(39)) | DECIMAL precision 39 must be between 1 and 38",
                "create table t (a int check (a > 0)) | syntax error at or near \"check\"",
                "create table t (a int) partition by range (a) | syntax error at or near \"partition\"",
                "create table t (a int) inherits (s) | syntax error at or near \"inherits\"",
                "create table t (a int) with (fillfactor=70) | syntax error at or near \"with\"",
                "create table t (like s including all) | syntax error at or near \"including\"",
                "create table t (a int diststyl) | syntax error at or near \"diststyl\"",
                "alter table t add column a int, add column b int | syntax error at or near \",\"",
                "alter table t alter column a set not null | syntax error at or near \"set\"",
                "alter table t alter column a type int | only the size of a VARCHAR column can be changed",
                "truncate a, b | syntax error at or near \",\"",
                "truncate a cascade | syntax error at or near \"cascade\"",
                "set work_mem to '1GB' | unrecognized configuration parameter \"work_mem\"",
            })
    void refusesWhatTheGrammarDoesNotHave(String sql, String message) {
        assertThatThrownBy(() -> plan(sql)).isInstanceOf(StatementRefused.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create table %s (a int)", "select 1 as \"%s\""})
    void shortensNamesThatPostgresWouldCutOffAndRefusesLongerOnes(String sql) {
        assertThat(plan(sql.formatted("x".repeat(63))).sql()).contains("x".repeat(63));
        assertThat(plan(sql.formatted("x".repeat(127))).sql()).contains("\"" + "x".repeat(46) + "~");
        assertThatThrownBy(() -> plan(sql.formatted("x".repeat(128)))).hasMessageContaining("the limit is 127");
    }

    @Test
    void keepsCaseWhenTheSessionAsksForIt() {
        assertThat(StatementRewriter.plan(
                                SqlTokenizer.statements("select \"A\"").get(0), true)
                        .sql())
                .isEqualTo("select \"A\"");
        assertThat(Settings.caseSensitive(
                        plan("set enable_case_sensitive_identifier to true").sql(), false))
                .isTrue();
        assertThat(Settings.caseSensitive(
                        plan("set enable_case_sensitive_identifier to off").sql(), true))
                .isFalse();
    }
}
