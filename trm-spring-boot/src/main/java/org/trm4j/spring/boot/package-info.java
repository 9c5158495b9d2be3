/** Spring Boot auto-configuration: models as beans, their health and their metrics. */
@NullMarked
package org.trm4j.spring.boot;

import org.jspecify.annotations.NullMarked;
