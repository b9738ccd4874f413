package city.mycelium.dialect.senml.internal;

import city.mycelium.dialect.senml.SenmlException;
import city.mycelium.dialect.senml.SenmlPack;
import city.mycelium.dialect.senml.UnitNames;

/** One form of a data message (docs/wire.md, 3 and 8). Safe for use by many threads. */
public interface Packing {

  String mediaType();

  byte[] write(SenmlPack pack);

  /** The reverse of {@link #write}, whole or not at all. */
  SenmlPack read(byte[] bytes) throws SenmlException;

  /** Whether every time can be told; SenML's own form reads early ones as relative to now. */
  boolean saysEveryTime();

  /** SenML itself, in one of its two forms. */
  static Packing senml(Form form, UnitNames units) {
    return new Packing() {
      @Override
      public String mediaType() {
        return form.mediaType();
      }

      @Override
      public byte[] write(SenmlPack pack) {
        return PackWriter.write(form, units, pack);
      }

      @Override
      public SenmlPack read(byte[] bytes) throws SenmlException {
        return PackReader.read(form, bytes);
      }

      @Override
      public boolean saysEveryTime() {
        return false;
      }
    };
  }

  /** The block. */
  static Packing block() {
    return new Packing() {
      @Override
      public String mediaType() {
        return "application/vnd.mycelium.block";
      }

      @Override
      public byte[] write(SenmlPack pack) {
        return BlockWriter.write(pack);
      }

      @Override
      public SenmlPack read(byte[] bytes) throws SenmlException {
        return BlockReader.read(bytes);
      }

      @Override
      public boolean saysEveryTime() {
        return true;
      }
    };
  }
}
