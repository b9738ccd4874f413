package city.mycelium.dialect.senml;

/** Which names of units a pack may use (docs/wire.md, 6). */
public enum UnitNames {
  /** Those of RFC 8428 and, announced in {@code bver}, the secondary ones of RFC 8798. */
  RFC8798,
  /** Those of RFC 8428 alone: what has none is converted, and its exact value told beside it. */
  RFC8428
}
