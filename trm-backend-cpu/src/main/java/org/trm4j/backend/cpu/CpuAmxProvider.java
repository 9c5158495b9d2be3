package org.trm4j.backend.cpu;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.cpu.kernel.amx.AmxSupport;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.TileMachine;
import org.trm4j.backend.cpu.kernel.amx.TileModel;
import org.trm4j.backend.cpu.kernel.amx.Tiles;
import org.trm4j.backend.cpu.kernel.vector.VectorKernels;
import org.trm4j.backend.cpu.kernel.vector.VectorTileKernels;
import org.trm4j.backend.cpu.operation.tile.TileSteps;
import org.trm4j.backend.cpu.session.CpuBackend;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

/**
 * Provides {@code cpu-amx}: the large products in bfloat16 on the tiles of Intel AMX, and
 * everything else in single precision, as in {@code cpu-vector}. Its answers differ from the
 * others' by the rounding of bfloat16, so it is used only on request: {@code cpu-amx}, or {@code
 * auto:precision=bf16}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class CpuAmxProvider implements BackendProvider {
  private static final String ID = "cpu-amx";

  /**
   * System property: {@code model} replaces the machine's tiles by a model of them in Java, on
   * every machine, for tests. Unset: the machine's tiles.
   */
  static final String PROPERTY = "org.trm4j.cpu.amx";

  private static final String MODEL = "model";

  /** Creates the provider. */
  public CpuAmxProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  /** Below all backends that compute in single precision. */
  @Override
  public int priority() {
    return -10;
  }

  @Override
  public String precision() {
    return "bf16";
  }

  @Override
  public String description() {
    return "bfloat16 on Intel AMX; taken only where it is asked for";
  }

  @Override
  public BackendProvider.Availability availability() {
    // The loops between products are those of cpu-vector.
    return switch (new CpuVectorProvider().availability()) {
      case BackendProvider.Availability.Unavailable unavailable -> unavailable;
      case BackendProvider.Availability.Impaired(String detail, String reason, String fix) ->
          here() instanceof BackendProvider.Availability.Available(String own)
              ? new BackendProvider.Availability.Impaired(own, reason, fix)
              : here();
      case BackendProvider.Availability.Available available -> here();
    };
  }

  private static BackendProvider.Availability here() {
    String set = System.getProperty(PROPERTY, "");
    if (set.equals(MODEL)) {
      return new BackendProvider.Availability.Impaired(
          describe(new TileModel()),
          "system property %s is %s: a model of the processor's tiles".formatted(PROPERTY, MODEL),
          "unset it, unless this is a test");
    }
    if (!set.isEmpty()) {
      return new BackendProvider.Availability.Unavailable(
          "system property %s is %s".formatted(PROPERTY, set),
          "set it to %s, or not at all".formatted(MODEL));
    }
    AmxSupport.Missing missing = AmxSupport.missingHere();
    return missing == null
        ? new BackendProvider.Availability.Available(describe(new TileMachine()))
        : new BackendProvider.Availability.Unavailable(missing.reason(), missing.fix());
  }

  private static String describe(Tiles tiles) {
    return "%s, else %s, %s threads"
        .formatted(tiles.description(), new VectorKernels().description(), CpuBackend.threads(0));
  }

  @Override
  public Set<Backend.Capability> capabilities() {
    return EnumSet.allOf(Backend.Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    if (availability()
        instanceof BackendProvider.Availability.Unavailable(String reason, String fix)) {
      throw new BackendException("backend %s: unavailable: %s; %s".formatted(ID, reason, fix));
    }
    Tiles tiles =
        System.getProperty(PROPERTY, "").equals(MODEL) ? new TileModel() : new TileMachine();
    return open(tiles, new VectorTileKernels(), options);
  }

  static Backend open(Tiles tiles, TileKernels loops, BackendOptions options) {
    VectorKernels kernels = new VectorKernels();
    return CpuBackend.open(
        ID,
        kernels,
        new TileSteps(tiles, loops)::step,
        "%s, else %s".formatted(tiles.description(), kernels.description()),
        "bf16",
        options);
  }
}
