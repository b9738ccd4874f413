package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.dialect.senml.SenmlCodec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code senml-json}. */
@Component(service = Dialect.class, property = "dialect=senml-json")
public final class SenmlJsonComponent extends SenmlDialect {

  @Activate
  public SenmlJsonComponent() {
    super("senml-json", SenmlCodec.json());
  }
}
