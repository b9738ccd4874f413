package city.mycelium.aggregation.internal;

import city.mycelium.api.time.Cancellable;
import city.mycelium.api.time.Dating;
import city.mycelium.api.time.Moment;
import city.mycelium.api.time.Trust;
import city.mycelium.api.time.TrustedTime;

/** The time can be believed, or not, as the test says. */
final class Vouched implements TrustedTime {

  private boolean trusted = true;

  void setTrusted(boolean trusted) {
    this.trusted = trusted;
  }

  @Override
  public Trust trust() {
    return new Trust(trusted, "system", "the test says so");
  }

  @Override
  public Moment now() {
    throw new UnsupportedOperationException("aggregation dates nothing");
  }

  @Override
  public Dating date(Moment moment) {
    throw new UnsupportedOperationException("aggregation dates nothing");
  }

  @Override
  public Cancellable onChange(Runnable listener) {
    throw new UnsupportedOperationException("aggregation looks every second");
  }
}
