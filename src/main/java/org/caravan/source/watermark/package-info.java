/** Increments: from where to where a run reads its source. */
package org.caravan.source.watermark;
