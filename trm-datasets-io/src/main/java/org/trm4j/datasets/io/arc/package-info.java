/** ARC tasks in files: folders, builders' folders, evaluation by votes, submissions. */
@NullMarked
package org.trm4j.datasets.io.arc;

import org.jspecify.annotations.NullMarked;
