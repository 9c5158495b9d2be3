/** Fetches published data over HTTPS; the only package that uses the network. */
@NullMarked
package org.trm4j.datasets.io.download;

import org.jspecify.annotations.NullMarked;
