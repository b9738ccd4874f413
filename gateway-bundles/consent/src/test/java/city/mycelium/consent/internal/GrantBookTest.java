package city.mycelium.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.consent.Decision;
import city.mycelium.api.consent.LocationPrecision;
import city.mycelium.api.observation.Datastream;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.observation.PartyId;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.observation.ThingId;
import city.mycelium.api.observation.Unit;
import city.mycelium.api.observation.Vocabulary;
import city.mycelium.api.registry.Thing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrantBookTest {

  private static final PartyId CITY = new PartyId("city");
  private static final PartyId SHOP = new PartyId("shop");
  private static final long END = Instant.parse("2027-01-01T00:00:00Z").toEpochMilli();
  private static final long NOW = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  /** A place in a lake: nobody lives there. */
  private static final Position PLACE = new Position(52.812345, 5.356789, 1.5);

  private final FakeRegistry registry = new FakeRegistry();
  private final Thing front = registry.add(thing("front", "alice"));
  private final Thing back = registry.add(thing("back", "alice"));
  private final Thing bobs = registry.add(thing("balcony", "bob"));
  private final Datastream pm25 = registry.add(datastream("kit.1/PM25", front));
  private final Datastream inside = registry.add(datastream("kit.2/PM25", back));
  private final Datastream bobsPm25 = registry.add(datastream("kit.3/PM25", bobs));
  private final GrantBook book = new GrantBook(registry);

  @Test
  void withoutConfigurationNothingLeaves() {
    assertThat(book.mayLeave(pm25, CITY, NOW))
        .isEqualTo(new Decision.Withheld("alice has granted city nothing that covers kit.1/PM25"));
    assertThat(book.mayTellPlace(front, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void anEmptyConfigurationLetsNothingLeave() {
    book.configure(new String[0]);

    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void whatAGrantCoversLeavesForItsRecipientAndNobodyElse() {
    book.configure(new String[] {grant("alice", "kit.1/*", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW))
        .isEqualTo(new Decision.Permitted(new LocationPrecision(3)));
    assertThat(book.mayLeave(pm25, SHOP, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(inside, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void aGrantMayNameSeveralDatastreams() {
    book.configure(new String[] {grant("alice", "kit.1/PM25\", \"kit.2/*", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW)).isEqualTo(permitted(3));
    assertThat(book.mayLeave(inside, CITY, NOW)).isEqualTo(permitted(3));
    assertThat(book.mayLeave(registry.add(datastream("kit.1/NO2", front)), CITY, NOW))
        .isInstanceOf(Decision.Withheld.class);
  }

  // Nobody can grant what is another's, however wide the pattern.
  @Test
  void aGrantIsGoodForItsOwnersDataOnly() {
    book.configure(new String[] {grant("alice", "*", "raw", 3)});

    assertThat(book.mayLeave(bobsPm25, CITY, NOW))
        .isEqualTo(new Decision.Withheld("bob has granted city nothing that covers kit.3/PM25"));
    assertThat(book.mayTellPlace(bobs, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  @Test
  void whatBelongsToNoKnownThingStays() {
    book.configure(new String[] {grant("alice", "*", "raw", 3)});
    Datastream orphan = datastream("kit.4/PM25", thing("demolished", "alice"));

    assertThat(book.mayLeave(orphan, CITY, NOW))
        .isEqualTo(
            new Decision.Withheld("thing demolished is not configured, so nobody owns kit.4/PM25"));
  }

  @Test
  void aGrantEndsToTheMillisecond() {
    book.configure(new String[] {grant("alice", "*", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, END - 1)).isInstanceOf(Decision.Permitted.class);
    assertThat(book.mayLeave(pm25, CITY, END)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayTellPlace(front, CITY, END - 1)).isInstanceOf(Decision.Permitted.class);
    assertThat(book.mayTellPlace(front, CITY, END)).isInstanceOf(Decision.Withheld.class);
  }

  @Test
  void rawCoversAggregatesToo() {
    book.configure(new String[] {grant("alice", "kit.1/PM25", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Permitted.class);
    assertThat(book.mayLeave(over(1), CITY, NOW)).isInstanceOf(Decision.Permitted.class);
    assertThat(book.mayLeave(over(60), CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  @Test
  void aResolutionLetsOnlyAggregatesLeaveThatAreAsCoarse() {
    book.configure(new String[] {grant("alice", "kit.1/PM25", "PT10M", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(over(1), CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(over(10), CITY, NOW)).isInstanceOf(Decision.Permitted.class);
    assertThat(book.mayLeave(over(60), CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  @Test
  void ofSeveralGrantsThatApplyTheMostExactPlaceStands() {
    book.configure(
        new String[] {
          grant("alice", "*", "raw", 1),
          grant("alice", "kit.1/*", "PT1H", 5),
          grant("bob", "*", "raw", 7)
        });

    assertThat(book.mayLeave(pm25, CITY, NOW)).isEqualTo(permitted(1));
    assertThat(book.mayLeave(over(60), CITY, NOW)).isEqualTo(permitted(5));
    assertThat(book.mayTellPlace(front, CITY, NOW)).isEqualTo(permitted(5));
  }

  // A grant for the sensor at the front of a house tells nothing of what stands behind it.
  @Test
  void thePlaceOfAThingIsToldOnlyToWhomMayHaveSomethingOfIt() {
    book.configure(new String[] {grant("alice", "kit.1/*", "PT1H", 5)});

    assertThat(book.mayTellPlace(front, CITY, NOW)).isEqualTo(permitted(5));
    assertThat(book.mayTellPlace(back, CITY, NOW))
        .isEqualTo(new Decision.Withheld("alice has granted city nothing that back says"));
  }

  @Test
  void oneOfTheThingsDatastreamsIsEnoughToTellItsPlace() {
    registry.add(datastream("kit.1/NO2", front));
    book.configure(new String[] {grant("alice", "kit.1/PM25", "raw", 5)});

    assertThat(book.mayTellPlace(front, CITY, NOW)).isEqualTo(permitted(5));
  }

  // The owner's choice of precision is what a Thing's and a Datastream's place are snapped to; that
  // the same place gives the same point every time keeps the exact one from being averaged out.
  @Test
  void thePlaceIsToldTheSameWayEveryTime() {
    book.configure(new String[] {grant("alice", "kit.1/*", "raw", 2)});

    for (int i = 0; i < 100; i++) {
      assertThat(
              book.mayTellPlace(front, CITY, NOW + i) instanceof Decision.Permitted permitted
                  ? permitted.precision().apply(PLACE)
                  : null)
          .isEqualTo(new Position(52.81, 5.36, null));
    }
  }

  @Test
  void aGrantThatCannotBeReadGrantsNothingAndCostsNoOther() {
    book.configure(
        new String[] {
          "garbage",
          "{\"a\":".repeat(10_000),
          grant("alice", "kit.2/*", "raw", 3).replace("2026-12-31", "for ever"),
          grant("alice", "kit.1/*", "raw", 3)
        });

    assertThat(book.mayLeave(inside, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  @Test
  void whatANewConfigurationDoesNotSayIsWithdrawn() {
    book.configure(new String[] {grant("alice", "*", "raw", 3)});

    book.configure(new String[] {grant("alice", "kit.2/*", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(inside, CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  // What alice has granted must not go on when the front is bob's.
  @Test
  void aGrantOfAFormerOwnerIsOver() {
    book.configure(new String[] {grant("alice", "*", "raw", 3)});

    registry.add(thing("front", "bob"));

    assertThat(book.mayLeave(pm25, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(inside, CITY, NOW)).isInstanceOf(Decision.Permitted.class);
  }

  // Household energy by the minute tells who is at home, and what they do: decision 0123.
  @Test
  void whatIsPersonalByNatureLeavesByTheQuarterOfAnHourUnlessItsOwnerSaysMore() {
    Datastream power =
        registry.add(
            new Datastream(
                new DatastreamId("meter.1/power"),
                front.id(),
                new DeviceId("meter.1"),
                Vocabulary.ACTIVE_POWER,
                Unit.WATT,
                null,
                null,
                true));
    book.configure(new String[] {grant("alice", "*", "raw", 3)});

    assertThat(book.mayLeave(pm25, CITY, NOW)).as("control").isEqualTo(permitted(3));
    assertThat(book.mayLeave(power, CITY, NOW)).isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(power.over(Duration.ofMinutes(14)), CITY, NOW))
        .isInstanceOf(Decision.Withheld.class);
    assertThat(book.mayLeave(power.over(Duration.ofMinutes(15)), CITY, NOW))
        .isEqualTo(permitted(3));

    book.configure(new String[] {grant("alice", "*", "PT1H", 3)});
    assertThat(book.mayLeave(power.over(Duration.ofMinutes(15)), CITY, NOW))
        .as("what is coarser stays coarser")
        .isInstanceOf(Decision.Withheld.class);

    book.configure(
        new String[] {
          grant("alice", "*", "raw", 3).replace("\"until\"", "\"personal\": true, \"until\"")
        });
    assertThat(book.mayLeave(power, CITY, NOW)).isEqualTo(permitted(3));
  }

  private Datastream over(int minutes) {
    return pm25.over(Duration.ofMinutes(minutes));
  }

  private static Decision permitted(int decimals) {
    return new Decision.Permitted(new LocationPrecision(decimals));
  }

  private static String grant(String owner, String pattern, String resolution, int decimals) {
    return """
        {"owner": "%s", "recipient": "city", "datastreams": ["%s"], "resolution": "%s",
         "until": "2026-12-31", "locationDecimals": %d, "purpose": "air quality"}
        """
        .formatted(owner, pattern, resolution, decimals);
  }

  private static Thing thing(String id, String owner) {
    return new Thing(new ThingId(id), id, new PartyId(owner), PLACE);
  }

  private static Datastream datastream(String id, Thing thing) {
    return new Datastream(
        new DatastreamId(id),
        thing.id(),
        new DeviceId(id.substring(0, id.indexOf('/'))),
        Vocabulary.PM2_5,
        Unit.MICROGRAM_PER_CUBIC_METRE,
        null,
        null);
  }
}
