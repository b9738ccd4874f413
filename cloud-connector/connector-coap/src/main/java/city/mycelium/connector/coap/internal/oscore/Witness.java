package city.mycelium.connector.coap.internal.oscore;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Knows, apart from the file of the numbers, how far they were reserved: so that a file that was
 * lost, or comes from a backup, is noticed.
 */
public interface Witness {

  /**
   * The last that was {@linkplain #remember remembered}, if anything was.
   *
   * @param context which numbers: {@link SecurityContext#name}
   * @throws IOException if nobody can tell now
   */
  OptionalLong reserved(String context) throws IOException;

  /**
   * Returns when it is on the medium.
   *
   * @throws IOException if it is not
   */
  void remember(String context, long reserved) throws IOException;
}
