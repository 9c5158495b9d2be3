/** One supervision step as an ONNX graph. */
@NullMarked
package org.trm4j.exchange.onnx;

import org.jspecify.annotations.NullMarked;
