/**
 * Safe hot reload: watches the files of the routes and the settings, tries each new version in a Camel that is thrown away, keeps the
 * last good one, and puts the new one in place of it when no run is under way in it.
 */
package org.caravan.reload;
