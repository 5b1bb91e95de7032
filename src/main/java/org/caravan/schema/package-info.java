/** Columns and types: the one model that drives every mapping below it. Imports nothing else of Caravan's. */
package org.caravan.schema;
