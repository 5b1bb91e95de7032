/** The store of objects in files. S3Proxy tells what a store can do by its class's name, which has to contain {@code .nio2blob.} */
package org.caravan.sandbox.s3.nio2blob;
