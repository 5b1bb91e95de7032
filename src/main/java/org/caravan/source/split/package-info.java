/** One query's result in slices, each for a connection of its own. */
package org.caravan.source.split;
