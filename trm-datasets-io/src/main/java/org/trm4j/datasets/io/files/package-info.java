/**
 * What all readers of puzzle files share: texts, builders' folders, the record of what was built.
 */
@NullMarked
package org.trm4j.datasets.io.files;

import org.jspecify.annotations.NullMarked;
