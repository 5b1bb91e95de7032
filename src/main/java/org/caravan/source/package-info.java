/** The query component: a typed, streaming read of a SQL query's result over JDBC. */
package org.caravan.source;
