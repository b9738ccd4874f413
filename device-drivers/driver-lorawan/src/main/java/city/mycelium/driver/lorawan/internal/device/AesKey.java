package city.mycelium.driver.lorawan.internal.device;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A key of AES-128. Never prints itself. Immutable. */
public final class AesKey {

  private static final int LENGTH = 16;
  private static final Pattern PRINTED = Pattern.compile("[0-9a-fA-F]{32}");

  private final byte[] bytes;

  private AesKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Of 16 bytes.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static AesKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an AES-128 key has 16 bytes, not " + bytes.length);
    }
    return new AesKey(bytes.clone());
  }

  /**
   * Of 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if it is something else; the text is not in the message
   */
  public static AesKey parse(String hex) {
    if (!PRINTED.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "an AES-128 key is 32 hexadecimal digits; this has " + hex.length() + " characters");
    }
    return new AesKey(HexFormat.of().parseHex(hex));
  }

  /** A copy of its bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AesKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Not the key. */
  @Override
  public String toString() {
    return "AesKey[…]";
  }
}
