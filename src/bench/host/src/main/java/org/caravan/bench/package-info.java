/** Runs Caravan and its peers on the same rows, each as a process of its own, and compares their time, processor time and memory. */
package org.caravan.bench;
