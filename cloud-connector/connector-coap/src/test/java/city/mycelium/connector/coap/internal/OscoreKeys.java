package city.mycelium.connector.coap.internal;

import city.mycelium.connector.coap.internal.oscore.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.californium.cose.AlgorithmID;
import org.eclipse.californium.oscore.HashMapCtxDB;
import org.eclipse.californium.oscore.OSCoreCtx;
import org.eclipse.californium.oscore.OSCoreCtxDB;
import org.eclipse.californium.oscore.OSException;

/** An invented key, and both ends' knowledge of it: ours, and cf-oscore's. */
final class OscoreKeys {

  static final String SECRET = "00112233445566778899aabbccddeeff";
  private static final String SALT = "9e7ca92223786340";
  private static final String GATEWAY = "0a";
  private static final String SERVER = "5e";
  private static final String CONTEXT = "37cbf3210017a2d3";

  final Path folder;
  private final Path keyFile;
  private final Map<String, Long> reserved = new ConcurrentHashMap<>();

  OscoreKeys(Path directory) throws IOException {
    folder = directory.resolve("oscore");
    keyFile = Files.writeString(directory.resolve("oscore.key"), "hex:" + SECRET + "\n");
  }

  ObjectSecurity gateway() {
    return gateway(GATEWAY, SERVER, SALT);
  }

  ObjectSecurity gateway(String sender, String recipient, String salt) {
    return new ObjectSecurity(
        keyFile,
        salt,
        sender,
        recipient,
        CONTEXT,
        folder,
        "mushroomgateway",
        new Witness() {
          @Override
          public OptionalLong reserved(String context) {
            Long until = reserved.get(context);
            return until == null ? OptionalLong.empty() : OptionalLong.of(until);
          }

          @Override
          public void remember(String context, long until) {
            reserved.put(context, until);
          }
        });
  }

  /** Everything that a gateway knows of it gets lost. */
  void forgetNumbers() throws IOException {
    reserved.clear();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Hears only of a gateway that has everything right. */
  static OSCoreCtxDB server() {
    HashMapCtxDB contexts = new HashMapCtxDB();
    contexts.addContext(context());
    return contexts;
  }

  static OSCoreCtx context() {
    HexFormat hex = HexFormat.of();
    try {
      return new OSCoreCtx(
          hex.parseHex(SECRET),
          false,
          AlgorithmID.AES_CCM_16_64_128,
          hex.parseHex(SERVER),
          hex.parseHex(GATEWAY),
          AlgorithmID.HKDF_HMAC_SHA_256,
          32,
          hex.parseHex(SALT),
          hex.parseHex(CONTEXT),
          4_096);
    } catch (OSException e) {
      throw new AssertionError(e);
    }
  }
}
