package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.DialectKind;
import city.mycelium.dialect.senml.SenmlCodec;
import city.mycelium.dialect.senml.UnitNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code senml-json}. */
@Component(service = DialectKind.class)
public final class SenmlJsonComponent extends SenmlKind {

  @Activate
  public SenmlJsonComponent() {
    super(SenmlCodec.json(), SenmlCodec.json(UnitNames.RFC8428));
  }

  @Override
  public String name() {
    return "senml-json";
  }

  @Override
  public String title() {
    return "SenML in JSON (RFC 8428), with identity and coverage: what our own receiver speaks";
  }
}
