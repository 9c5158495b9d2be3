package org.trm4j.training.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.run.TrainerFactory;

/**
 * Provides a {@link TrainerFactory}; a host application installs it and binds the listeners that it
 * wants. Guice is an optional dependency: to install this module, add {@code
 * com.google.inject:guice}; without Guice, call {@link TrainerFactory#TrainerFactory}.
 *
 * <pre>{@code
 * Guice.createInjector(new TrainingModule(), binder ->
 *     TrainingModule.listeners(binder).addBinding().to(MyListener.class));
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TrainingModule extends AbstractModule {
  /** Creates the module. */
  public TrainingModule() {}

  /** Returns where a module of the host application adds its listeners. */
  public static Multibinder<TrainingListener> listeners(Binder binder) {
    return Multibinder.newSetBinder(binder, TrainingListener.class);
  }

  @Override
  protected void configure() {
    listeners(binder());
  }

  @Provides
  @Singleton
  TrainerFactory trainers(Set<TrainingListener> listeners) {
    return new TrainerFactory(listeners);
  }
}
