/**
 * Guards between staging and loading: rules on a run's rows that stop it, or warn, before the target changes. Knows nothing of Camel
 * except in its component classes.
 */
package org.caravan.guard;
