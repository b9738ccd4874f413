package city.mycelium.consent.internal;

import city.mycelium.api.consent.Consent;
import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.registry.Registry;
import city.mycelium.api.registry.Thing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Grants in force. Denies by default: what no Grant covers stays. Safe for use by many threads;
 * a new set of Grants replaces the old one as a whole.
 */
public final class GrantBook implements Consent {

  private static final Logger LOG = LoggerFactory.getLogger(GrantBook.class);

  private final Registry registry;
  private volatile List<Grant> grants = List.of();

  public GrantBook(Registry registry) {
    this.registry = registry;
  }

  /** Replaces all Grants. One that cannot be read grants nothing, and costs no other. */
  public void configure(String[] grantTexts) {
    List<Grant> read = new ArrayList<>();
    for (int i = 0; i < grantTexts.length; i++) {
      try {
        read.add(GrantReader.read(grantTexts[i]));
      } catch (RuntimeException e) { // whatever the text is wrong in, the answer is the same
        LOG.error(
            "configuration of city.mycelium.consent: grants[{}] cannot be read and grants nothing: {}",
            i,
            e.getMessage());
      }
    }
    grants = List.copyOf(read);
    if (read.isEmpty()) {
      LOG.warn("there is no grant, so nothing leaves this gateway");
    }
    read.forEach(grant -> LOG.info("grant: {}", grant.describe()));
  }

  @Override
  public Decision mayLeave(Datastream datastream, PartyId recipient, long now) {
    Optional<Thing> thing = registry.thing(datastream.thing());
    if (thing.isEmpty()) {
      return new Decision.Withheld(
          "thing " + datastream.thing() + " is not configured, so nobody owns " + datastream.id());
    }
    PartyId owner = thing.get().owner();
    return widest(grant -> grant.covers(datastream, owner, recipient, now))
        .orElseGet(
            () ->
                new Decision.Withheld(
                    owner
                        + " has granted "
                        + recipient
                        + " nothing that covers "
                        + datastream.id()));
  }

  /** Who may have nothing that a Thing says need not know where it is. */
  @Override
  public Decision mayTellPlace(Thing thing, PartyId recipient, long now) {
    List<Datastream> said =
        registry.datastreams().stream()
            .filter(datastream -> datastream.thing().equals(thing.id()))
            .toList();
    return widest(
            grant ->
                grant.isBetween(thing.owner(), recipient, now)
                    && said.stream().anyMatch(grant::names))
        .orElseGet(
            () ->
                new Decision.Withheld(
                    thing.owner()
                        + " has granted "
                        + recipient
                        + " nothing that "
                        + thing.id()
                        + " says"));
  }

  /**
   * Of several Grants that apply, each stands: the most exact place is the one that was granted.
   */
  private Optional<Decision> widest(Predicate<Grant> applies) {
    return grants.stream()
        .filter(applies)
        .map(Grant::precision)
        .max(Comparator.comparingInt(LocationPrecision::decimals))
        .map(Decision.Permitted::new);
  }
}
