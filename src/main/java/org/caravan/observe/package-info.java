/** What a service tells of itself by HTTP: health and metrics. */
package org.caravan.observe;
