package org.trm4j.spring.boot;

import org.apiguardian.api.API;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.trm4j.TrmModel;

/**
 * Creates a {@link TrmModel} bean from {@code trm.model}, and one from each of {@code trm.models}.
 * It backs off if the application defines its own {@link TrmModel} bean; health and metrics then
 * cover that bean.
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
