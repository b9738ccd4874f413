package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.DialectKind;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.UnitNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code senml-cbor}. */
@Component(service = DialectKind.class)
public final class SenmlCborComponent extends SenmlKind {

  @Activate
  public SenmlCborComponent() {
    super(SenmlCodec.cbor(), SenmlCodec.cbor(UnitNames.RFC8428));
  }

  @Override
  public String name() {
    return "senml-cbor";
  }

  @Override
  public String title() {
    return "SenML in CBOR (RFC 8428), with identity and coverage: what our own receiver speaks";
  }
}
