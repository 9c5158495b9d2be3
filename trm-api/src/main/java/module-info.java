/** The contracts of TRM for Java, and the facade a host application calls. */
module org.trm4j.api {
  requires static transitive org.apiguardian.api;
  requires static transitive org.jspecify;
  requires static jdk.jfr;

  exports org.trm4j;
  exports org.trm4j.backend.spi;
  exports org.trm4j.backend.support to
      org.trm4j.backend.cpu,
      org.trm4j.backend.tornado,
      org.trm4j.tck;
  exports org.trm4j.checkpoint;
  exports org.trm4j.checkpoint.model;
  exports org.trm4j.checkpoint.content to
      org.trm4j.datasets.io,
      org.trm4j.exchange,
      org.trm4j.training;
  exports org.trm4j.checkpoint.safetensors to
      org.trm4j.cli,
      org.trm4j.datasets.io,
      org.trm4j.exchange,
      org.trm4j.tck,
      org.trm4j.training;
  exports org.trm4j.dataset.spi;
  exports org.trm4j.episode to
      org.trm4j.training,
      org.trm4j.tck;
  exports org.trm4j.error;
  // trm-datasets, trm-datasets-io and trm-training in their tests alone (ArchitectureTest).
  exports org.trm4j.frontend to
      org.trm4j.cli,
      org.trm4j.datasets,
      org.trm4j.datasets.io,
      org.trm4j.training,
      org.trm4j.mcp,
      org.trm4j.server,
      org.trm4j.spring.boot;
  exports org.trm4j.halting.spi;
  // trm-cli in its tests alone.
  exports org.trm4j.identity to
      org.trm4j.cli,
      org.trm4j.training;
  exports org.trm4j.model;
  exports org.trm4j.optimizer;
  exports org.trm4j.optimizer.spi;
  exports org.trm4j.plan;
  exports org.trm4j.plan.buffer;
  exports org.trm4j.plan.count to
      org.trm4j.cli,
      org.trm4j.training;
  exports org.trm4j.plan.operation;
  exports org.trm4j.plugin;
  exports org.trm4j.pretrained;
  exports org.trm4j.pretrained.spi;
  exports org.trm4j.recursion;
  exports org.trm4j.recursion.spi;
  exports org.trm4j.runtime to
      org.trm4j.training;
  exports org.trm4j.task;
  exports org.trm4j.task.deduction to
      org.trm4j.tck,
      org.trm4j.training;
  exports org.trm4j.task.spi;

  uses org.trm4j.backend.spi.BackendProvider;
  uses org.trm4j.dataset.spi.DatasetProvider;
  uses org.trm4j.dataset.spi.DatasetReader;
  uses org.trm4j.halting.spi.HaltingPolicyProvider;
  uses org.trm4j.pretrained.spi.PretrainedModelProvider;
  uses org.trm4j.optimizer.spi.OptimizerProvider;
  uses org.trm4j.recursion.spi.RecursionPolicyProvider;
  uses org.trm4j.task.spi.TransitionProvider;

  provides org.trm4j.halting.spi.HaltingPolicyProvider with
      org.trm4j.halting.FixedDepth,
      org.trm4j.halting.FixedPoint,
      org.trm4j.halting.HaltingHead,
      org.trm4j.halting.UnchangedAnswer,
      org.trm4j.halting.VerifiedAnswer;
  provides org.trm4j.recursion.spi.RecursionPolicyProvider with
      org.trm4j.recursion.published.DeductionPolicy,
      org.trm4j.recursion.published.DirectPolicy,
      org.trm4j.recursion.published.EqrDeductionPolicy,
      org.trm4j.recursion.published.EqrPolicy,
      org.trm4j.recursion.published.GridPolicy,
      org.trm4j.recursion.published.HrmPolicy,
      org.trm4j.recursion.published.MultiZPolicy,
      org.trm4j.recursion.published.OneStepGradientPolicy,
      org.trm4j.recursion.published.SingleZPolicy,
      org.trm4j.recursion.published.TrmDeductionPolicy,
      org.trm4j.recursion.published.TrmPolicy,
      org.trm4j.recursion.published.TwoNetworksPolicy;
  provides org.trm4j.task.spi.TransitionProvider with
      org.trm4j.task.deduction.DeductionProvider;
  provides org.trm4j.optimizer.spi.OptimizerProvider with
      org.trm4j.optimizer.published.AdamAtan2Provider,
      org.trm4j.optimizer.published.AdamWProvider,
      org.trm4j.optimizer.published.LionProvider,
      org.trm4j.optimizer.published.MuonProvider,
      org.trm4j.optimizer.published.SignSgdProvider;
}
