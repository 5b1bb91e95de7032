/** The client's and PostgreSQL's side of the wire protocol: messages, login, TLS, and one session on PostgreSQL. Knows no statement. */
package org.caravan.sandbox.redshift.wire;
