package city.mycelium.dialect.senml.internal;

import city.mycelium.api.dialect.Dialect;
import city.mycelium.dialect.senml.SenmlCodec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers {@code senml-cbor}. */
@Component(service = Dialect.class, property = "dialect=senml-cbor")
public final class SenmlCborComponent extends SenmlDialect {

  @Activate
  public SenmlCborComponent() {
    super("senml-cbor", SenmlCodec.cbor());
  }
}
