package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectKind;
import city.mycelium.api.dialect.MessageReader;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.settings.Option;
import city.mycelium.api.settings.Settings;
import city.mycelium.api.settings.SettingsException;
import city.mycelium.dialect.senml.SenmlCodec;
import java.util.List;

/** What both forms of SenML have in common. Names are ours: the receiver knows no others. */
abstract class SenmlKind implements DialectKind {

  private static final String UNITS = "units";
  private static final String SECONDARY_TOO = "rfc8798";
  private static final String PRIMARY_ONLY = "rfc8428";

  private final SenmlCodec codec;
  private final SenmlCodec strict;

  SenmlKind(SenmlCodec codec, SenmlCodec strict) {
    this.codec = codec;
    this.strict = strict;
  }

  @Override
  public final List<Option> options() {
    return List.of(
        new Option(
            UNITS,
            SECONDARY_TOO,
            "rfc8798: as they are, with the secondary names of RFC 8798 announced; rfc8428: only"
                + " primary units, values converted and the exact ones beside them, for readers"
                + " that know nothing newer"));
  }

  @Override
  public final Dialect dialect(Settings settings, Names names) throws SettingsException {
    boolean primaryOnly =
        settings.choice(UNITS, List.of(SECONDARY_TOO, PRIMARY_ONLY)).equals(PRIMARY_ONLY);
    return new SenmlDialect(primaryOnly ? strict : codec);
  }

  @Override
  public final MessageReader reader(Settings settings, Names names) {
    return new SenmlReader(codec);
  }
}
