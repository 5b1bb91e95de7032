package org.caravan.sandbox.redshift.copy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The last statements of a session: what pg_last_copy_id(), pg_last_copy_count(), pg_last_unload_id(), pg_last_unload_count() and
 * pg_last_query_id() answer. The ids are -1 and the counts 0 as long as there was none.
 */
public record SessionFacts(
        @JsonProperty("copy_id") long copyId,
        @JsonProperty("copy_count") long copyCount,
        @JsonProperty("unload_id") long unloadId,
        @JsonProperty("unload_count") long unloadCount,
        @JsonProperty("query_id") long queryId) {
    public static final SessionFacts NONE = new SessionFacts(-1, 0, -1, 0, -1);

    public SessionFacts withCopy(long id, long count) {
        return new SessionFacts(id, count, unloadId, unloadCount, queryId);
    }

    public SessionFacts withUnload(long id, long count) {
        return new SessionFacts(copyId, copyCount, id, count, queryId);
    }

    public SessionFacts withQuery(long id) {
        return new SessionFacts(copyId, copyCount, unloadId, unloadCount, id);
    }
}
