/** Named parameters of a query: where they stand, what they are given, and how they are bound. */
package org.caravan.source.parameter;
