/**
 * The supervisor of the stand-ins and its command line: up, down, status, kill, restart. {@link org.caravan.sandbox.host.Sandbox} is the
 * entrance; everything else is package-private.
 */
package org.caravan.sandbox.host;
