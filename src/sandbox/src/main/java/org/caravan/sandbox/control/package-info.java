/** The control port of a stand-in: failures on request, and its sudden end. */
package org.caravan.sandbox.control;
