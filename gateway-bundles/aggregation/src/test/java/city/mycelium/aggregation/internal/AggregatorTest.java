package city.mycelium.aggregation.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Result.Summary;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.observation.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AggregatorTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AggregationSettings SETTINGS = AggregationSettings.DEFAULT;

  private final Station station = new Station("2026-11-23T12:00:00Z", SETTINGS);
  private final DatastreamId pm25 = station.registry.add("kit/PM25", null);

  // --- windows

  @Test
  void aWindowIsIssuedWhenItIsOverAndItsHoldbackToo() {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.say(pm25, "2026-11-23T12:00:20Z", 4);

    station.pass(Duration.ofSeconds(69));
    assertThat(station.issued()).isEmpty();
    station.pass(Duration.ofSeconds(2));

    assertThat(station.issued()).hasSize(1);
    Observation summary = station.issued().get(0);
    assertThat(summary.datastream()).isEqualTo(new DatastreamId("kit/PM25/PT1M"));
    assertThat(summary.phenomenonTime())
        .isEqualTo(
            PhenomenonTime.between(millis("2026-11-23T12:00:00Z"), millis("2026-11-23T12:01:00Z")));
    assertThat(station.standing())
        .containsExactly("kit/PM25/PT1M 2026-11-23T12:00:00Z 2/0 2.0 3.0 4.0 #1");
    assertThat(summary.quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void everyLengthOfWindowIsIssuedInItsTime() {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.say(pm25, "2026-11-23T12:09:59.999Z", 4);
    station.say(pm25, "2026-11-23T12:10:00Z", 6);

    station.pass(Duration.ofHours(2));

    assertThat(station.standing())
        .containsExactly(
            "kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1",
            "kit/PM25/PT10M 2026-11-23T12:00:00Z 2/0 2.0 3.0 4.0 #1",
            "kit/PM25/PT1M 2026-11-23T12:09:00Z 1/0 4.0 4.0 4.0 #1",
            "kit/PM25/PT1M 2026-11-23T12:10:00Z 1/0 6.0 6.0 6.0 #1",
            "kit/PM25/PT10M 2026-11-23T12:10:00Z 1/0 6.0 6.0 6.0 #1",
            "kit/PM25/PT1H 2026-11-23T12:00:00Z 3/0 2.0 4.0 6.0 #1");
  }

  @Test
  void whateverTheOrderOfArrivalTheSummariesAreThoseOfAPlainRecomputation() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      Station any = new Station("2026-11-23T12:00:00Z", SETTINGS);
      Random random = new Random(seed);
      List<DatastreamId> datastreams =
          List.of(any.registry.add("kit/PM25", null), any.registry.add("kit/NO2", null));
      for (int i = 0; i < 600; i++) {
        long at = millis("2026-11-23T09:00:00Z") + random.nextInt(3 * 3_600_000);
        any.say(
            datastreams.get(random.nextInt(2)), at, Math.round(random.nextGaussian() * 100) / 10.0);
        if (random.nextInt(20) == 0) {
          any.pass(Duration.ofSeconds(random.nextInt(300)));
        }
      }
      any.pass(Duration.ofHours(2));

      assertThat(any.finalsWithoutRevision()).hasSizeGreaterThan(300).isEqualTo(any.recomputed());
      assertThat(any.late()).isZero();
    }
  }

  // Control against comparing nothing: the same data in two orders, down to the last bit.
  @Test
  void twoOrdersOfArrivalComeToTheSame() {
    List<Draft> drafts = new ArrayList<>();
    Random random = new Random(20261123);
    for (int i = 0; i < 1_000; i++) {
      drafts.add(
          draft(
              PhenomenonTime.at(millis("2026-11-23T11:00:00Z") + random.nextInt(3_600_000)),
              random.nextDouble() * Math.pow(10, random.nextInt(30) - 15)));
    }
    station.append(drafts);
    Station other = new Station("2026-11-23T12:00:00Z", SETTINGS);
    other.registry.add("kit/PM25", null);
    Collections.shuffle(drafts, random);
    other.append(drafts);

    station.pass(HOUR);
    other.pass(HOUR);

    assertThat(station.finals()).hasSize(60 + 6 + 1).isEqualTo(other.finals());
  }

  @Test
  void aTenthAddedAllDayIsATenthOnAverage() {
    for (int i = 0; i < 3_600; i++) {
      station.say(pm25, millis("2026-11-23T11:00:00Z") + i * 1_000L, 0.1);
    }

    station.pass(HOUR);

    assertThat(station.finals().values())
        .extracting(s -> s.value(Statistic.MEAN).getAsDouble())
        .containsOnly(0.1);
    assertThat(station.standing())
        .contains("kit/PM25/PT1H 2026-11-23T11:00:00Z 3600/0 0.1 0.1 0.1 #1");
  }

  @Test
  void theExpectedCountIsThatOfAHealthySensor() {
    DatastreamId slow = station.registry.add("slow/PM25", Duration.ofSeconds(150));
    DatastreamId fast = station.registry.add("fast/PM25", Duration.ofMillis(500));
    station.say(slow, "2026-11-23T11:00:00Z", 1);
    station.say(fast, "2026-11-23T11:00:00Z", 1);

    station.pass(HOUR);

    assertThat(station.standing())
        .containsExactlyInAnyOrder(
            "slow/PM25/PT1M 2026-11-23T11:00:00Z 1/0 1.0 1.0 1.0 #1",
            "slow/PM25/PT10M 2026-11-23T11:00:00Z 1/4 1.0 1.0 1.0 #1 invalid",
            "slow/PM25/PT1H 2026-11-23T11:00:00Z 1/24 1.0 1.0 1.0 #1 invalid",
            "fast/PM25/PT1M 2026-11-23T11:00:00Z 1/120 1.0 1.0 1.0 #1 invalid",
            "fast/PM25/PT10M 2026-11-23T11:00:00Z 1/1200 1.0 1.0 1.0 #1 invalid",
            "fast/PM25/PT1H 2026-11-23T11:00:00Z 1/7200 1.0 1.0 1.0 #1 invalid");
  }

  // --- the calendar

  @Test
  void midnightCutsAsAnyOtherHour() {
    Station night = new Station("2026-11-23T22:58:00Z", SETTINGS); // 23:58 in Amsterdam
    DatastreamId id = night.registry.add("kit/PM25", null);
    for (int i = 0; i < 240; i++) {
      night.say(id, night.clock.epochMillis(), i);
      night.pass(SECOND);
    }
    night.pass(Duration.ofHours(2));

    assertThat(night.finalsWithoutRevision()).isEqualTo(night.recomputed());
    assertThat(night.standing())
        .contains(
            "kit/PM25/PT1M 2026-11-23T22:59:00Z 60/0 60.0 89.5 119.0 #1",
            "kit/PM25/PT1M 2026-11-23T23:00:00Z 60/0 120.0 149.5 179.0 #1",
            "kit/PM25/PT1H 2026-11-23T22:00:00Z 120/0 0.0 59.5 119.0 #1",
            "kit/PM25/PT1H 2026-11-23T23:00:00Z 120/0 120.0 179.5 239.0 #1");
  }

  // On 2026-10-25 at 01:00Z the clocks in Amsterdam go from 03:00 back to 02:00.
  @Test
  void theHourThatAutumnRepeatsIsTwoWindows() {
    Station autumn = everyTenMinutes("2026-10-24T23:00:00Z", 24);

    assertThat(hours(autumn))
        .containsExactly(
            "2026-10-24T23:00:00Z 6", // 01:00
            "2026-10-25T00:00:00Z 6", // 02:00, summer time
            "2026-10-25T01:00:00Z 6", // 02:00, winter time
            "2026-10-25T02:00:00Z 6"); // 03:00
  }

  // On 2026-03-29 at 01:00Z they go from 02:00 forward to 03:00.
  @Test
  void theHourThatSpringLeavesOutIsNoWindow() {
    Station spring = everyTenMinutes("2026-03-29T00:00:00Z", 12);

    assertThat(hours(spring))
        .containsExactly(
            "2026-03-29T00:00:00Z 6", // 01:00
            "2026-03-29T01:00:00Z 6"); // 03:00
  }

  @Test
  void anHourBeginsWhenTheClockOnTheWallSaysSo() {
    Station india =
        new Station(
            "2026-11-23T12:00:00Z",
            Station.settings(List.of(HOUR), ZoneId.of("Asia/Kolkata"), Duration.ZERO, HOUR));
    DatastreamId id = india.registry.add("kit/PM25", null);
    india.say(id, "2026-11-23T12:29:00Z", 1);
    india.say(id, "2026-11-23T12:31:00Z", 2);

    india.pass(Duration.ofHours(2));

    assertThat(hours(india)).containsExactly("2026-11-23T11:30:00Z 1", "2026-11-23T12:30:00Z 1");
  }

  // --- what goes in

  // A mean over ten minutes says nothing about each of them.
  @Test
  void anIntervalGoesOnlyIntoWindowsThatAreAsLong() {
    long from = millis("2026-11-23T11:00:00Z");
    station.append(
        List.of(
            draft(PhenomenonTime.between(from, from + 600_000), 1),
            draft(PhenomenonTime.between(from, from + 600_001), 2),
            draft(PhenomenonTime.between(from + 60_000, from + 120_000), 3)));

    station.pass(HOUR);

    assertThat(station.standing())
        .containsExactly(
            "kit/PM25/PT1M 2026-11-23T11:01:00Z 1/0 3.0 3.0 3.0 #1",
            "kit/PM25/PT10M 2026-11-23T11:00:00Z 2/0 1.0 2.0 3.0 #1",
            "kit/PM25/PT1H 2026-11-23T11:00:00Z 3/0 1.0 2.0 3.0 #1");
  }

  @Test
  void whatIsSuspectOrNoMeasurementOrOfNobodyIsLeftOut() {
    PhenomenonTime at = PhenomenonTime.at(millis("2026-11-23T11:00:00Z"));
    long now = station.clock.epochMillis();
    station.append(
        List.of(
            draft(at, 1),
            new Draft(pm25, at, new Result.Measurement(9_999), Quality.SUSPECT, now),
            new Draft(pm25, at, new Result.Counter(9_999), Quality.GOOD, now),
            new Draft(
                new DatastreamId("stranger/x"), at, new Result.Measurement(9), Quality.GOOD, now)));

    station.pass(HOUR);

    assertThat(station.standing())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).endsWith(" 1/0 1.0 1.0 1.0 #1"));
  }

  // What was derived comes by in the journal too.
  @Test
  void aggregatesAreNeverMadeOfAggregates() throws Exception {
    station.say(pm25, "2026-11-23T11:00:00Z", 1);

    station.pass(Duration.ofHours(5));

    assertThat(station.issued())
        .extracting(observation -> observation.datastream().value())
        .containsExactlyInAnyOrder("kit/PM25/PT1M", "kit/PM25/PT10M", "kit/PM25/PT1H");
    assertThat(station.journal.cursor("aggregation").position())
        .as("and it is at rest behind its own last word")
        .isEqualTo(station.journal.lastOffset());
  }

  // --- what comes late

  @Test
  void lateDataReopensItsWindowWithAHigherRevision() {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(Duration.ofMinutes(5));
    station.say(pm25, "2026-11-23T12:00:20Z", 4);
    station.pass(Duration.ofMinutes(5));
    station.say(pm25, "2026-11-23T12:00:30Z", 6);
    station.pass(Duration.ofHours(2));

    assertThat(
            station.issued().stream()
                .filter(observation -> observation.datastream().value().endsWith("PT1M"))
                .map(Observation::result)
                .map(Summary.class::cast))
        .extracting(Summary::count, s -> s.value(Statistic.MEAN).getAsDouble(), Summary::revision)
        .containsExactly(tuple(1L, 2.0, 1), tuple(2L, 3.0, 2), tuple(3L, 4.0, 3));
  }

  // Judged window by window: what is too late for its minute may be in time for its hour.
  @Test
  void whatIsLaterThanAllowedIsCountedAndKeptRaw() throws Exception {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(Duration.ofHours(24).plusMinutes(2));
    station.say(pm25, "2026-11-23T12:00:20Z", 4); // two minutes too late for its minute
    station.say(pm25, "2026-11-23T12:03:20Z", 6); // in time
    station.say(pm25, "2026-11-22T12:00:00Z", 8); // too late for everything
    station.pass(Duration.ofHours(2));

    assertThat(station.standing())
        .containsExactly(
            "kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1",
            "kit/PM25/PT1M 2026-11-23T12:03:00Z 1/0 6.0 6.0 6.0 #1",
            "kit/PM25/PT10M 2026-11-23T12:00:00Z 3/0 2.0 4.0 6.0 #2",
            "kit/PM25/PT1H 2026-11-23T12:00:00Z 3/0 2.0 4.0 6.0 #2");
    assertThat(station.late()).isEqualTo(2);
    assertThat(raw()).isEqualTo(4);
  }

  @Test
  void lateIsWhatWasReceivedMoreThanTheAllowedTimeAfterTheEndOfItsWindow() throws Exception {
    Station strict =
        new Station(
            "2026-11-23T12:00:00Z",
            Station.settings(List.of(MINUTE), ZoneOffset.UTC, Duration.ZERO, HOUR));
    DatastreamId id = strict.registry.add("kit/PM25", null);
    strict.say(id, "2026-11-23T10:59:00Z", 1); // its window ended an hour ago, to the millisecond
    strict.say(id, "2026-11-23T10:58:59.999Z", 2);

    strict.pass(MINUTE.multipliedBy(3));

    assertThat(strict.standing())
        .containsExactly("kit/PM25/PT1M 2026-11-23T10:59:00Z 1/0 1.0 1.0 1.0 #1");
    assertThat(strict.late()).isEqualTo(1);
  }

  // Received in time, and read late: the gateway lost its power over a long weekend.
  @Test
  void whatWasReceivedInTimeIsNotLateBecauseTheGatewayWasOff() throws Exception {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.clock.leap(Duration.ofDays(4)); // nothing ran
    station.restart();
    station.pass(Duration.ofHours(2));

    assertThat(station.standing())
        .containsExactly(
            "kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1",
            "kit/PM25/PT10M 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1",
            "kit/PM25/PT1H 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1");
    assertThat(station.late()).isZero();
  }

  // Readings that were held keep the time at which they were received; a window that was issued and
  // forgotten since must not be issued as if it were new, with less in it.
  @Test
  void aWindowThatWasForgottenIsNeverIssuedAnew() throws Exception {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(Duration.ofHours(30));
    station.say(pm25, station.clock.epochMillis(), 3); // a word of today, so that there is work
    station.pass(MINUTE.multipliedBy(3));
    assertThat(station.windows("issued")).hasSize(1);

    station.append(List.of(heldSince("2026-11-23T12:00:20Z", 4)));
    station.restart();
    station.append(List.of(heldSince("2026-11-23T12:00:30Z", 6)));
    station.pass(Duration.ofHours(2));

    assertThat(station.standing())
        .filteredOn(line -> line.contains("2026-11-23"))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).endsWith(" 1/0 2.0 2.0 2.0 #1"));
    assertThat(station.late()).isEqualTo(2);
  }

  @Test
  void whatIsHeldLongIsSummedUpWhereNothingWasForgotten() throws Exception {
    station.pass(Duration.ofDays(3));

    station.append(List.of(heldSince("2026-11-23T12:00:20Z", 4)));
    station.pass(HOUR);

    assertThat(station.standing()).hasSize(3);
    assertThat(station.late()).isZero();
  }

  @Test
  void theStateOfWindowsThatNothingCanReopenIsForgotten() throws Exception {
    for (int i = 0; i < 48 * 60; i++) {
      station.say(pm25, station.clock.epochMillis(), i);
      station.pass(MINUTE);
    }

    // A day and an hour of them, and what is issued before the next are forgotten.
    assertThat(station.windows("issued")).hasSizeBetween(1_660, 1_685);
    assertThat(station.windows("open")).hasSizeLessThan(5);
    assertThat(station.finalsWithoutRevision()).hasSize(station.issued().size());
  }

  // --- clocks that are wrong

  @Test
  void aClockThatLeapsAheadAndBackLosesNothing() throws Exception {
    sayEverySecond(150);
    station.clock.setWall("2027-11-23T12:02:30Z");
    station.pass(Duration.ofMinutes(5));
    station.clock.setWall("2026-11-23T12:07:30Z");
    sayEverySecond(150);
    station.say(pm25, "2026-11-23T12:01:00.500Z", 1_000); // late, for a window of before the leap
    station.pass(Duration.ofHours(26));

    assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
    assertThat(station.late()).isZero();
  }

  @Test
  void aClockThatLeapsBackAndAheadLosesNothing() throws Exception {
    sayEverySecond(150);
    station.clock.setWall("2025-11-23T12:02:30Z");
    station.pass(Duration.ofMinutes(5));
    station.clock.setWall("2026-11-23T12:07:30Z");
    sayEverySecond(150);
    station.pass(Duration.ofHours(26));

    assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
    assertThat(station.late()).isZero();
  }

  // Then windows of the future have been issued and forgotten: they must not stand for today's.
  @Test
  void afterDaysInTheFutureAggregationGoesOnSoon() {
    sayEveryMinute(120);
    station.clock.setWall("2027-11-23T14:00:00Z");
    sayEveryMinute(40 * 60);
    station.clock.setWall("2026-11-25T06:00:00Z");
    sayEveryMinute(4 * 60);
    station.pass(Duration.ofHours(2));

    assertThat(hours(station))
        .contains("2026-11-25T08:00:00Z 60", "2026-11-25T09:00:00Z 60")
        .contains("2027-11-25T04:00:00Z 60", "2026-11-23T13:00:00Z 60");
    assertThat(station.finals()).as("each revision once").isNotEmpty();
  }

  // A device whose clock is broken: one window for every word it says, and none is ever over.
  @Test
  void aSenderThatLivesInTheFutureFillsNoMemoryAndLosesNothing() throws Exception {
    Station minutes =
        new Station(
            "2026-11-23T12:00:00Z",
            Station.settings(List.of(MINUTE), ZoneOffset.UTC, Duration.ZERO, HOUR));
    DatastreamId id = minutes.registry.add("kit/PM25", null);
    long future = millis("2036-11-23T12:00:00Z");
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 14_000; i++) {
      drafts.add(
          new Draft(
              id,
              PhenomenonTime.at(future + i * 60_000L),
              new Result.Measurement(i),
              Quality.GOOD,
              minutes.clock.epochMillis()));
    }
    minutes.append(drafts);
    minutes.pass(MINUTE.multipliedBy(3));
    minutes.say(id, future + 11_999 * 60_000L + 1, -1); // more for one that was issued early
    minutes.say(id, "2026-11-23T12:00:30Z", 7);
    minutes.pass(MINUTE.multipliedBy(3));

    assertThat(minutes.windows("open")).hasSizeLessThanOrEqualTo(10_000);
    Set<WindowKey> known = new HashSet<>(minutes.windows("open"));
    known.addAll(minutes.finals().keySet());
    assertThat(known).as("each is open or issued").hasSize(14_001);
    assertThat(minutes.windows("open"))
        .as("and may be both")
        .anyMatch(minutes.finals()::containsKey);
    assertThat(minutes.standing())
        .contains("kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 7.0 7.0 7.0 #1");
  }

  @Test
  void aTimeAtTheEndOfAllTimesStopsNobody() throws Exception {
    station.say(pm25, 253_402_300_799_999L, 1);
    station.say(pm25, 0, 2);
    station.say(pm25, "2026-11-23T12:00:10Z", 3);

    station.pass(Duration.ofHours(2));

    assertThat(station.standing()).hasSize(3);
    assertThat(station.late()).isEqualTo(1);
  }

  // --- validity, and windows in which nothing came

  // 2008/50/EC, Annex XI: an hour from 75 percent of its data.
  @Test
  void anHourIsValidFromThreeQuartersOfItsData() {
    DatastreamId every = station.registry.add("kit/NO2", Duration.ofMinutes(5));
    for (int i = 0; i < 9; i++) {
      station.say(every, millis("2026-11-23T10:00:00Z") + i * 300_000, i);
    }
    for (int i = 0; i < 8; i++) {
      station.say(every, millis("2026-11-23T11:00:00Z") + i * 300_000, i);
    }

    station.pass(MINUTE);

    assertThat(station.standing())
        .contains(
            "kit/NO2/PT1H 2026-11-23T10:00:00Z 9/12 0.0 4.0 8.0 #1",
            "kit/NO2/PT1H 2026-11-23T11:00:00Z 8/12 0.0 3.5 7.0 #1 invalid");
  }

  @Test
  void anHourWithoutDataIsToldWhereSomethingWasExpectedAndForAsLongAsSilenceIsNews() {
    DatastreamId every = station.registry.add("kit/NO2", Duration.ofMinutes(5));
    station.say(every, "2026-11-23T11:30:00Z", 4);
    station.say(pm25, "2026-11-23T11:30:00Z", 4); // control: of it nothing is expected

    later(Duration.ofDays(4));

    assertThat(hours(station).stream().filter(line -> line.endsWith(" 0"))).hasSize(72);
    assertThat(station.standing())
        .contains("kit/NO2/PT1H 2026-11-23T12:00:00Z 0/12 - - - #1 invalid")
        .noneMatch(line -> line.startsWith("kit/PM25") && line.contains(" 0/"))
        .noneMatch(line -> line.startsWith("kit/NO2/PT10M") && line.contains(" 0/"));
  }

  // 2008/50/EC, Annex XI: eight hours from six of them; a day from 18 means that end on it.
  @Test
  void meansOverEightHoursAndTheirGreatestADayAreMadeOfValidHours() {
    DatastreamId ozone = station.registry.add("kit/O3", Vocabulary.O3, Duration.ofMinutes(30));
    long midnight = millis("2026-11-23T23:00:00Z");
    for (int hour = 0; hour < 20; hour++) {
      station.say(ozone, midnight + hour * 3_600_000L, hour);
      station.say(ozone, midnight + hour * 3_600_000L + 1_800_000, hour);
    }

    later(Duration.ofHours(40));

    assertThat(station.standing())
        // 00:00 to 06:00 are six of its hours; 23:00 and 22:00 were before anything was said.
        .contains(
            "kit/O3/PT1H.PT8H 2026-11-23T20:00:00Z 5/8 - 2.0 - #1 invalid",
            "kit/O3/PT1H.PT8H 2026-11-23T21:00:00Z 6/8 - 2.5 - #1",
            "kit/O3/PT1H.PT8H 2026-11-24T11:00:00Z 8/8 - 15.5 - #1")
        // Those that end at 06:00 to 22:00 are valid: 17 are too few.
        .anyMatch(line -> line.startsWith("kit/O3/PT1H.PT8H.P1D 2026-11-23T23:00:00Z 17/24 - - "))
        .anyMatch(line -> line.contains("P1D 2026-11-23") && line.endsWith("invalid"));
  }

  // --- what was known before

  @Test
  void aParkedCarGoesOnStanding() {
    DatastreamId bay = station.registry.add("bay/status", Vocabulary.PARKING_SPOT_STATUS, null);
    station.append(List.of(status(bay, "2026-11-23T11:30:00Z", "occupied")));

    station.pass(Duration.ofHours(2));

    assertThat(occupancies(station, "PT1H"))
        .containsExactly("11:00:00Z 1.0 #1", "12:00:00Z 1.0 #1");
  }

  @Test
  void lateNewsOfTheStateIsToldAgainAsFarAsItReaches() {
    DatastreamId bay = station.registry.add("bay/status", Vocabulary.PARKING_SPOT_STATUS, null);
    station.append(
        List.of(
            status(bay, "2026-11-23T08:00:00Z", "occupied"),
            status(bay, "2026-11-23T11:00:00Z", "occupied")));
    station.pass(MINUTE);
    station.append(List.of(status(bay, "2026-11-23T09:30:00Z", "free")));
    station.pass(MINUTE);

    assertThat(occupancies(station, "PT1H"))
        .startsWith("08:00:00Z 1.0 #1", "09:00:00Z 0.5 #2", "10:00:00Z 0.0 #2", "11:00:00Z 1.0 #2");
  }

  @Test
  void aDirectionIsWeighedByTheSpeedOfTheSameTimeWhicheverComesFirst() {
    DatastreamId direction = station.registry.add("mast/dir", Vocabulary.WIND_DIRECTION, null);
    DatastreamId speed = station.registry.add("mast/speed", Vocabulary.WIND_SPEED, null);
    station.say(speed, "2026-11-23T11:00:00Z", 3);
    station.say(direction, "2026-11-23T11:00:00Z", 90);
    station.say(direction, "2026-11-23T11:00:10Z", 180);
    station.say(speed, "2026-11-23T11:00:10Z", 0);
    station.say(speed, "2026-11-23T11:20:00Z", 5); // alone: nothing to tell of the direction

    station.pass(HOUR);

    List<Summary> directions =
        station.finals().entrySet().stream()
            .filter(entry -> entry.getKey().aggregate().value().equals("mast/dir/PT10M"))
            .map(java.util.Map.Entry::getValue)
            .toList();
    assertThat(directions).hasSize(1);
    assertThat(directions.get(0).value(Statistic.RESULTANT_DIRECTION)).hasValue(90);
    assertThat(directions.get(0).value(Statistic.DIRECTION)).hasValue(135);
  }

  // --- a time that nobody vouches for

  @Test
  void nothingIsIssuedOrForgottenByAClockThatIsNotTrusted() throws Exception {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(Duration.ofMinutes(5));
    station.time.setTrusted(false);
    station.say(pm25, "2026-11-23T12:05:10Z", 2);
    later(Duration.ofDays(3));
    assertThat(station.issued()).hasSize(1);
    assertThat(station.windows("issued")).hasSize(1);

    station.time.setTrusted(true);
    station.pass(Duration.ofHours(2));

    assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
  }

  @Test
  void whatHappenedNobodyKnowsExactlyWhenIsLeftOut() {
    station.append(
        List.of(
            new Draft(
                pm25,
                PhenomenonTime.between(
                    millis("2026-11-23T11:00:00Z"), millis("2026-11-23T11:00:01Z")),
                new Result.Measurement(1),
                Quality.UNDATED,
                station.clock.epochMillis())));
    station.pass(HOUR);
    assertThat(station.issued()).isEmpty();
  }

  // --- trouble

  @Test
  void aFullJournalDelaysSummariesAndDoublesNone() {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.journal.setFull(true);
    station.pass(Duration.ofMinutes(20));
    assertThat(station.issued()).isEmpty();

    station.journal.setFull(false);
    station.say(pm25, "2026-11-23T12:00:20Z", 4);
    station.pass(Duration.ofHours(2));

    assertThat(station.finalsWithoutRevision()).isEqualTo(station.recomputed());
  }

  // Retention has moved the cursor on: the rest must be summed up all the same.
  @Test
  void whatRetentionTookBeforeItWasReadIsLeftBehind() {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(SECOND);
    station.journal.retain(station.clock.epochMillis() + 1);
    station.say(pm25, "2026-11-23T12:00:20Z", 4);

    station.pass(Duration.ofMinutes(3));

    assertThat(station.standing())
        .contains("kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 4.0 4.0 4.0 #1");
  }

  @Test
  void stateThatAnotherVersionHasWrittenStopsNobody() throws Exception {
    station.say(pm25, "2026-11-23T12:00:10Z", 2);
    station.pass(Duration.ofMinutes(3));
    List<StateChange> changes = new ArrayList<>();
    for (String component : List.of("aggregation.open", "aggregation.issued")) {
      for (StateStore.Entry entry : station.journal.state().scan(component, "", 10)) {
        changes.add(StateChange.put(component, entry.key(), new byte[] {99}));
      }
    }
    station.journal.state().write(changes).join();

    station.restart();
    station.say(pm25, "2026-11-23T12:00:20Z", 4);
    station.say(pm25, "2026-11-23T12:05:20Z", 6);
    station.pass(Duration.ofHours(2));

    assertThat(changes).hasSize(3);
    assertThat(station.late()).as("its window was issued, and what it said is gone").isEqualTo(1);
    assertThat(station.standing())
        .contains(
            "kit/PM25/PT1M 2026-11-23T12:00:00Z 1/0 2.0 2.0 2.0 #1",
            "kit/PM25/PT1M 2026-11-23T12:05:00Z 1/0 6.0 6.0 6.0 #1");
  }

  // --- helpers

  private void sayEverySecond(int times) {
    for (int i = 0; i < times; i++) {
      station.say(pm25, station.clock.epochMillis(), i);
      station.pass(SECOND);
    }
  }

  private void sayEveryMinute(int times) {
    for (int i = 0; i < times; i++) {
      station.say(pm25, station.clock.epochMillis(), i);
      station.pass(MINUTE);
    }
  }

  private static Station everyTenMinutes(String start, int times) {
    Station station = new Station(start, SETTINGS);
    DatastreamId id = station.registry.add("kit/PM25", null);
    for (int i = 0; i < times; i++) {
      station.say(id, station.clock.epochMillis(), i);
      station.pass(Duration.ofMinutes(10));
    }
    station.pass(Duration.ofHours(2));
    return station;
  }

  /** The hours that stand, each as {@code from count}. */
  private static List<String> hours(Station station) {
    return station.finals().entrySet().stream()
        .filter(entry -> entry.getKey().aggregate().value().endsWith("/PT1H"))
        .map(
            entry ->
                Instant.ofEpochMilli(entry.getKey().window().from())
                    + " "
                    + entry.getValue().count())
        .toList();
  }

  /** Time passes while nothing runs; then there are some minutes to catch up. */
  private void later(Duration time) {
    station.clock.leap(time);
    station.pass(Duration.ofMinutes(4));
  }

  private static Draft status(DatastreamId bay, String instant, String state) {
    return new Draft(
        bay,
        PhenomenonTime.at(millis(instant)),
        new Result.Category(state),
        Quality.GOOD,
        millis("2026-11-23T12:00:00Z"));
  }

  /** The occupancies that stand, each as {@code from value #rev}. */
  private static List<String> occupancies(Station station, String window) {
    return station.finals().entrySet().stream()
        .filter(entry -> entry.getKey().aggregate().value().endsWith("/" + window))
        .map(
            entry ->
                Instant.ofEpochMilli(entry.getKey().window().from()).toString().substring(11)
                    + " "
                    + entry.getValue().value(Statistic.OCCUPANCY).orElseThrow()
                    + " #"
                    + entry.getValue().revision())
        .toList();
  }

  private long raw() {
    return station.journal.read(0, 1_000).stream()
        .filter(observation -> observation.result() instanceof Result.Measurement)
        .count();
  }

  private Draft draft(PhenomenonTime time, double value) {
    return new Draft(
        pm25, time, new Result.Measurement(value), Quality.GOOD, station.clock.epochMillis());
  }

  /** Received when it happened, and released only now. */
  private Draft heldSince(String instant, double value) {
    return new Draft(
        pm25,
        PhenomenonTime.at(millis(instant)),
        new Result.Measurement(value),
        Quality.GOOD,
        millis(instant));
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
