package org.trm4j.spring.boot;

import org.apiguardian.api.API;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.trm4j.TrmModel;

/**
 * Makes a {@link TrmModel} bean of {@code trm.model}, and one of each of {@code trm.models}. It
 * stands back where the application defines a {@link TrmModel} bean of its own; health and metrics
 * then cover that bean.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@AutoConfiguration
@EnableConfigurationProperties(TrmProperties.class)
public final class TrmAutoConfiguration {
  private TrmAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(TrmModel.class)
  @Import(TrmModelRegistrar.class)
  static final class Models {
    Models() {}
  }
}
