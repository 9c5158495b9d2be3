/** What a run writes about itself: metrics, and lines for people. */
@NullMarked
package org.trm4j.training.log;

import org.jspecify.annotations.NullMarked;
