package org.trm4j.spring.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.apiguardian.api.API;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.trm4j.micrometer.SolveMetrics;

/**
 * The metrics of all models that the properties name, if the application has {@code trm-micrometer}
 * and a meter registry.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@AutoConfiguration
@ConditionalOnClass({SolveMetrics.class, MeterRegistry.class})
public final class TrmMetricsAutoConfiguration {
  private TrmMetricsAutoConfiguration() {}

  @Bean
  static ObserverSource trmObservers(
      ObjectProvider<MeterRegistry> meters, ObjectProvider<ObservationRegistry> observations) {
    return name -> {
      MeterRegistry registry = meters.getIfAvailable();
      return registry == null
          ? null
          : new SolveMetrics(
              name, registry, observations.getIfAvailable(() -> ObservationRegistry.NOOP));
    };
  }
}
