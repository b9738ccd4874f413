package city.mycelium.driver.lorawan.internal.codec;

/** Makes codecs out of scripts. Safe for use by many threads. */
public interface CodecEngine {

  /**
   * Compiles a script and tries whether it can run.
   *
   * @param name what it is called in messages, such as its file
   * @param script its text, unmodified
   * @throws CodecException if it can never run here
   */
  Codec install(String name, String script) throws CodecException;
}
