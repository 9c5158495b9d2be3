/** The backend, loaded models and sessions. */
@NullMarked
package org.trm4j.backend.tornado.session;

import org.jspecify.annotations.NullMarked;
