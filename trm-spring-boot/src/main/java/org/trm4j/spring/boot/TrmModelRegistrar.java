package org.trm4j.spring.boot;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.trm4j.SolveObserver;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.frontend.BackendText;

/**
 * Registers one backend, and each model that the properties name. Models depend on the backend, so
 * they are closed before it.
 */
final class TrmModelRegistrar implements ImportBeanDefinitionRegistrar {
  /** The bean name of {@code trm.model}. */
  static final String MODEL = "trmModel";

  private static final String BACKEND = "trmBackend";

  private final Environment environment;
  private final ResourceLoader resources;
  private final BeanFactory beans;

  TrmModelRegistrar(Environment environment, ResourceLoader resources, BeanFactory beans) {
    this.environment = environment;
    this.resources = resources;
    this.beans = beans;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
    BindResult<TrmProperties> bound = Binder.get(environment).bind("trm", TrmProperties.class);
    if (!bound.isBound()) {
      return;
    }
    TrmProperties properties = bound.get();
    String first = properties.model();
    if (first == null && properties.models().isEmpty()) {
      return;
    }
    registry.registerBeanDefinition(
        BACKEND,
        BeanDefinitionBuilder.genericBeanDefinition(
                Backend.class,
                () ->
                    Trm.standard()
                        .backend(BackendText.options(properties.backend(), properties.threads())))
            .setDestroyMethodName("close")
            .getBeanDefinition());
    Map<String, String> named = new TreeMap<>(properties.models());
    if (first != null) {
      AbstractBeanDefinition definition = model(MODEL, "trm.model", first);
      definition.setPrimary(true);
      registry.registerBeanDefinition(MODEL, definition);
    }
    named.forEach((name, location) ->
        registry.registerBeanDefinition(name, model(name, "trm.models." + name, location)));
  }

  private AbstractBeanDefinition model(String name, String property, String location) {
    return BeanDefinitionBuilder.genericBeanDefinition(
            TrmModel.class, () -> open(name, ModelLocation.read(property, location, resources)))
        .addDependsOn(BACKEND)
        .setDestroyMethodName("close")
        .getBeanDefinition();
  }

  private TrmModel open(String name, SavedModel saved) {
    Backend backend = beans.getBean(BACKEND, Backend.class);
    ObserverSource observers = beans.getBeanProvider(ObserverSource.class).getIfAvailable();
    SolveObserver observer = observers == null ? null : observers.observer(name);
    return observer == null
        ? TrmModel.open(saved, backend)
        : TrmModel.open(saved, backend, observer);
  }
}
