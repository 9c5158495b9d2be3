/** What is read of a model after a supervision step, and how a person sees it. */
@NullMarked
package org.trm4j.view;

import org.jspecify.annotations.NullMarked;
