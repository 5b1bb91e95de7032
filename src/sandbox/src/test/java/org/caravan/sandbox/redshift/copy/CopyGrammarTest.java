package org.caravan.sandbox.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyGrammarTest {
    private static final String ROLE = "iam_role 'arn:aws:iam::123456789012:role/path/r'";

    private static CopyStatement parse(String sql) {
        return CopyGrammar.parse(new TokenCursor(
                SqlTokenizer.statements(sql.replace("ROLE", ROLE)).get(0)));
    }

    @Test
    void readsEveryPart() {
        CopyStatement copy = parse(
                "COPY \"s\".t (b, \"a\") FROM 's3://bucket/a key' ROLE FORMAT AS PARQUET MANIFEST STATUPDATE OFF");
        assertThat(copy.table()).isEqualTo(TableName.of(List.of("s", "t")));
        assertThat(copy.columns()).containsExactly("b", "a");
        assertThat(copy.from()).isEqualTo(new S3Location("bucket", "a key"));
        assertThat(copy.authorization())
                .isEqualTo(new Authorization.Roles(List.of("arn:aws:iam::123456789012:role/path/r")));
        assertThat(copy.format()).isEqualTo(new DataFormat.Parquet(false));
        assertThat(copy.options().manifest()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy t from 's3://b/k' ROLE parquet",
                "copy t from 's3://b/k' format parquet ROLE",
                "copy t from 's3://b/k' manifest as parquet ROLE",
                "copy t from 's3://b/k' iam_role default parquet statupdate",
                "copy t from 's3://b/k' credentials as 'aws_iam_role=arn:aws:iam::123456789012:role/r' parquet"
            })
    void takesOptionsInAnyOrder(String sql) {
        if (sql.contains(" as parquet")) {
            assertThatThrownBy(() -> parse(sql)).hasMessageContaining("syntax error");
        } else {
            assertThat(parse(sql).format()).isEqualTo(new DataFormat.Parquet(false));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "copy t from stdin | syntax error at or near \"stdin\"",
                "copy t to 's3://b/k' | syntax error at or near \"to\"",
                "copy (select 1) to stdout | syntax error at or near \"(\"",
                "copy t from 's3://b/k' ROLE format parquett | syntax error at or near \"parquett\"",
                "copy t from 's3://b/k' ROLE parquet formt | syntax error at or near \"formt\"",
                "copy t from 's3://b/k' ROLE parquet region 'eu-west-1' | REGION argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet maxerror 10 | MAXERROR argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet compupdate off | COMPUPDATE argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet gzip | GZIP argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet null as 'x' | NULL argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet timeformat 'auto' | TIMEFORMAT argument is not supported for PARQUET based COPY",
                "copy t from 's3://b/k' ROLE parquet maxerror | syntax error at end of input",
                "copy t from 's3://b/k' ROLE parquet parquet | conflicting or redundant options",
                "copy t from 's3://b/k' ROLE manifest manifest parquet | conflicting or redundant options",
                "copy t from 's3://b/k' parquet | must specify an authorization",
                "copy t from 's3://b/k' access_key_id 'a' secret_access_key 'b' parquet | only accepts IAM_ROLE credentials",
                "copy t from 's3://b/k' iam_role 'arn:aws:iam::12:role/r' parquet | Invalid IAM role 'arn:aws:iam::12:role/r'",
                "copy t from 'file:///etc/passwd' ROLE parquet | Invalid S3 URL 'file:///etc/passwd'"
            })
    void refusesWhatCopyRefuses(String sql, String message) {
        assertThatThrownBy(() -> parse(sql))
                .isInstanceOf(StatementRefused.class)
                .hasMessageContaining(message);
    }
}
