/**
 * When pipelines run: cron expressions in a time zone, on Quartz. Knows nothing of Camel except in its component classes, and nothing
 * of what a run does.
 */
package org.caravan.schedule;
