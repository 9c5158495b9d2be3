package org.trm4j.spring.boot;

import java.util.Map;
import org.apiguardian.api.API;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.trm4j.TrmModel;

/** The health of all models, if the application has Spring Boot's health module. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@AutoConfiguration(after = TrmAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(TrmModel.class)
public final class TrmHealthAutoConfiguration {
  private TrmHealthAutoConfiguration() {}

  @Bean
  @ConditionalOnEnabledHealthIndicator("trm")
  @ConditionalOnMissingBean(name = "trmHealthIndicator")
  static TrmHealthIndicator trmHealthIndicator(Map<String, TrmModel> models) {
    return new TrmHealthIndicator(models);
  }
}
