/** The tokens of a statement, its names, and how they are read one by one. */
package org.caravan.sandbox.redshift.syntax;
