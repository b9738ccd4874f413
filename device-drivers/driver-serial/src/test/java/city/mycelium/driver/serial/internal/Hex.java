package city.mycelium.driver.serial.internal;

import java.util.HexFormat;

/** Octets as data sheets print them. */
public final class Hex {

  private Hex() {}

  /** With spaces between the octets, or without. */
  public static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
