package org.trm4j.backend.tornado.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.trm4j.backend.tornado.kernel.Address;
import org.trm4j.backend.tornado.kernel.GroupRmsNormGradientKernel;
import org.trm4j.backend.tornado.kernel.GroupRmsNormKernel;
import org.trm4j.backend.tornado.kernel.RmsNormGradientKernel;
import org.trm4j.backend.tornado.kernel.RmsNormKernel;
import org.trm4j.backend.tornado.kernel.product.GatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.ProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledGatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.TiledProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorGatedProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorProductKernel;
import org.trm4j.backend.tornado.kernel.product.VectorWeightGradientKernel;
import org.trm4j.backend.tornado.kernel.product.WeightGradientKernel;
import org.trm4j.backend.tornado.kernel.state.ActivateKernel;
import org.trm4j.backend.tornado.kernel.state.AddNormalsKernel;
import org.trm4j.backend.tornado.kernel.state.DrawnStartKernel;
import org.trm4j.backend.tornado.kernel.state.StreamKernel;

/**
 * Keeps the findings of {@link DeviceCheck}, one file for each device, driver, TornadoVM, Java and
 * version of the kernels. A device that failed is checked again each time, because its driver may
 * have been fixed without a new name.
 */
public final class CheckCache {
  private static final System.Logger LOG = System.getLogger(CheckCache.class.getName());
  private static final String PASSED = "passed";
  private static final List<Class<?>> CHECKED =
      List.of(
          Address.class,
          ActivateKernel.class,
          StreamKernel.class,
          DrawnStartKernel.class,
          AddNormalsKernel.class,
          ProductKernel.class,
          VectorProductKernel.class,
          VectorGatedProductKernel.class,
          VectorWeightGradientKernel.class,
          TiledProductKernel.class,
          TiledGatedProductKernel.class,
          GroupRmsNormKernel.class,
          GroupRmsNormGradientKernel.class,
          GatedProductKernel.class,
          WeightGradientKernel.class,
          RmsNormKernel.class,
          RmsNormGradientKernel.class,
          DeviceCheck.class);

  /** Whose methods the kernels inline, and whom this package does not see. */
  private static final List<String> INLINED = List.of("state/Normals.class", "product/Lanes.class");

  private final Path folder;

  /** Keeps files in a folder, which is created on demand. */
  public CheckCache(Path folder) {
    this.folder = folder;
  }

  /** Returns the cache of this user. */
  public static CheckCache ofUser() {
    String user = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path root = user.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(user);
    return new CheckCache(root.resolve("trm4j").resolve("devices"));
  }

  /** Returns what is known about a device, or runs the check. */
  public DeviceCheck of(String identity, Supplier<DeviceCheck> check) {
    Path file = folder.resolve(digest(identity) + ".txt");
    try {
      if (Files.exists(file) && Files.readString(file).startsWith(PASSED)) {
        return DeviceCheck.PASSED;
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot read " + file, e);
    }
    LOG.log(System.Logger.Level.DEBUG, "checking {0}", identity);
    DeviceCheck found = check.get();
    if (found.equals(DeviceCheck.PASSED)) {
      keep(file, PASSED + "\n" + identity + "\n");
    }
    return found;
  }

  private void keep(Path file, String text) {
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "check", ".part");
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // It is checked again next time.
      LOG.log(System.Logger.Level.DEBUG, "cannot write " + file, e);
    }
  }

  /** Returns the names of the class files whose change makes a device be checked again. */
  static List<String> digested() {
    List<String> names = new ArrayList<>();
    for (Class<?> type : CHECKED) {
      names.add(type.getName());
    }
    String root = Address.class.getPackageName() + '.';
    for (String name : INLINED) {
      names.add(root + name.replace('/', '.').replace(".class", ""));
    }
    return names;
  }

  private static String digest(String identity) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(identity.getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : CHECKED) {
        update(digest, type, type.getSimpleName() + ".class");
      }
      for (String name : INLINED) {
        update(digest, Address.class, name);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void update(MessageDigest digest, Class<?> beside, String name)
      throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " beside " + beside);
      }
      digest.update(in.readAllBytes());
    }
  }
}
