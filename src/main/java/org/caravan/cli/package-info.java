/** The command line: the only main of the product. Reads the settings, hosts the routes, and shows what runs do. */
package org.caravan.cli;
