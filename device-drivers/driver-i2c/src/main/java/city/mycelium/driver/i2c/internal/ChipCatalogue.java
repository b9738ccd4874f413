package city.mycelium.driver.i2c.internal;

import city.mycelium.api.device.I2cChip;
import city.mycelium.api.time.Cancellable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The kinds of chip that are there, from whatever bundle; they come and go. Safe for use by many
 * threads.
 */
@Component(service = ChipCatalogue.class)
public final class ChipCatalogue {

  private final List<I2cChip> chips = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  @Activate
  public ChipCatalogue() {}

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addChip(I2cChip chip) {
    chips.add(chip);
    listeners.forEach(Runnable::run);
  }

  void removeChip(I2cChip chip) {
    chips.remove(chip);
    listeners.forEach(Runnable::run);
  }

  /** The kind with this name. */
  Optional<I2cChip> named(String name) {
    return chips.stream().filter(chip -> chip.description().name().equals(name)).findFirst();
  }

  /** The names of all kinds, in order. */
  List<String> names() {
    return chips.stream().map(chip -> chip.description().name()).sorted().distinct().toList();
  }

  /** The names of the kinds that can be at an address, in order. */
  List<String> namesAt(int address) {
    return chips.stream()
        .filter(chip -> chip.addresses().contains(address))
        .map(chip -> chip.description().name())
        .sorted()
        .distinct()
        .toList();
  }

  /** From now on the listener runs when a kind comes or goes, on that one's thread. */
  Cancellable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
