/**
 * The settings: what may be set, of which type and with which default ({@link org.caravan.settings.Catalogue}); where values come
 * from; and what is wrong with them, all at once. Knows nothing of what the settings are for.
 */
package org.caravan.settings;
