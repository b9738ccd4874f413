package city.mycelium.driver.lorawan.internal.codec;

/**
 * A script that is ready to run. Safe for use by many threads; each call has a scope of its own, so
 * nothing is carried from one to the next.
 */
public interface Codec {

  /** Decodes one payload, within the deadline; whatever the script does, this returns. */
  Decoded decode(CodecInput input);
}
