package city.mycelium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.journal.Accounts;
import city.mycelium.api.journal.Advance;
import city.mycelium.api.journal.Cursor;
import city.mycelium.api.journal.Draft;
import city.mycelium.api.journal.Durability;
import city.mycelium.api.journal.Journal;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.journal.Receipt;
import city.mycelium.api.journal.StateChange;
import city.mycelium.api.journal.StateStore;
import city.mycelium.api.journal.Tally;
import city.mycelium.api.journal.TallySheet;
import city.mycelium.api.observation.DatastreamId;
import city.mycelium.api.observation.Identity;
import city.mycelium.api.observation.Observation;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.PhenomenonTime;
import city.mycelium.api.observation.Quality;
import city.mycelium.api.observation.Result;
import city.mycelium.api.observation.Statistic;
import city.mycelium.api.time.Cancellable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} does, whatever it is made of. An implementation's test extends this
 * class and hands in an empty journal.
 */
public abstract class JournalContract {

  private static final DatastreamId TEMPERATURE = new DatastreamId("paddenstoel.7/Temp");
  private static final DatastreamId BAY = new DatastreamId("bay.12/occupancy");
  private static final DatastreamId MEAN = new DatastreamId("paddenstoel.7/Temp/PT1M");
  private static final long NOON = 1_795_435_200_000L; // 2026-11-23T12:00:00Z
  private static final long ONE_HOUR = 3_600_000L;

  private Journal journal;

  /** A new and empty journal; the implementation's test also closes it. */
  protected abstract Journal emptyJournal() throws Exception;

  /** Makes the journal remove what was received before that time, UTC epoch milliseconds. */
  protected abstract void retain(Journal journal, long olderThanEpochMillis) throws Exception;

  /** Makes the journal remove these offsets, which are those of one append, for lack of room. */
  protected abstract void crowdOut(Journal journal, OffsetRange offsets) throws Exception;

  @BeforeEach
  final void open() throws Exception {
    journal = emptyJournal();
  }

  @Test
  void offsetsRunFromOneWithoutHoles() throws Exception {
    Receipt first = append(numbers(3));
    Receipt second = append(numbers(2));

    assertThat(first.offsets()).isEqualTo(new OffsetRange(1, 3));
    assertThat(second.offsets()).isEqualTo(new OffsetRange(4, 5));
    assertThat(journal.lastOffset()).isEqualTo(5);
  }

  @Test
  void anEmptyJournalHasNothing() throws Exception {
    assertThat(journal.lastOffset()).isZero();
    assertThat(journal.read(0, 10)).isEmpty();
    assertThat(journal.cursors()).isEmpty();
  }

  // DESIGN 2: every shape of result, with the doubles that are easy to damage among them.
  @Test
  void whatIsReadIsWhatWasAppended() throws Exception {
    List<Draft> drafts =
        List.of(
            draft(new Result.Measurement(-0.0)),
            draft(new Result.Measurement(0.1 + 0.2)),
            draft(new Result.Measurement(Double.MIN_VALUE)),
            draft(new Result.Measurement(21.55)),
            draft(new Result.Truth(true)),
            draft(new Result.Truth(false)),
            draft(new Result.Text("")),
            draft(new Result.Text("Hef is open \uD83C\uDF44")),
            draft(new Result.Category("occupied")),
            draft(new Result.Counter(Long.MAX_VALUE)),
            draft(new Result.Position(52.09, -5.1234567, null)),
            draft(new Result.Position(-52.09, 5.1, -0.0)),
            new Draft(
                MEAN,
                PhenomenonTime.between(NOON - 60_000, NOON),
                Result.Summary.ofNumbers(59, 60, -1.25, 1.0 / 3, 7, 2),
                Quality.SUSPECT,
                NOON + 5),
            draft(new Result.Summary(0, 60, new TreeMap<>(), false, 1)),
            draft(
                new Result.Summary(
                    3,
                    0,
                    new TreeMap<>(
                        Map.of(
                            Statistic.OCCUPANCY,
                            0.5,
                            Statistic.percentile(95),
                            -1.0 / 3,
                            new Statistic("of-tomorrow"),
                            1e300)),
                    true,
                    Integer.MAX_VALUE)));

    Receipt receipt = append(drafts);

    List<Observation> expected = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      expected.add(
          drafts.get(i).accepted(new Identity(journal.gateway(), journal.epoch(), i + 1L)));
    }
    assertThat(receipt.epoch()).isEqualTo(journal.epoch());
    assertThat(journal.read(0, 100)).isEqualTo(expected);
  }

  @Test
  void readingBeginsAfterTheGivenOffsetAndStopsAtTheLimit() throws Exception {
    append(numbers(4));
    append(numbers(4));
    append(numbers(4));

    assertThat(offsets(journal.read(2, 5))).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(offsets(journal.read(4, 4))).containsExactly(5L, 6L, 7L, 8L);
    assertThat(offsets(journal.read(10, 100))).containsExactly(11L, 12L);
    assertThat(journal.read(12, 100)).isEmpty();
  }

  @Test
  void readingWithoutALimitOrBeforeTheBeginningIsABug() {
    assertThatThrownBy(() -> journal.read(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> journal.read(-1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAppendOfNothingHasNoOffsets() throws Exception {
    Receipt receipt = append(List.of());

    assertThat(receipt.offsets()).isNull();
    assertThat(append(numbers(1)).offsets()).isEqualTo(new OffsetRange(1, 1));
  }

  // The journal may write later than append returns; what the caller does to its list by then is
  // its own business.
  @Test
  void anAppendKeepsTheListAsItWas() throws Exception {
    List<Draft> drafts = new ArrayList<>(numbers(3));

    CompletableFuture<Receipt> receipt = journal.append(drafts, List.of(), Durability.SYNCED);
    drafts.clear();

    assertThat(done(receipt).offsets()).isEqualTo(new OffsetRange(1, 3));
  }

  @Test
  void appendsOfManyThreadsShareTheOffsetsAndKeepTogether() throws Exception {
    int threads = 4;
    int rounds = 50;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<Receipt>>> workers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        double own = t;
        workers.add(
            pool.submit(
                () -> {
                  start.await();
                  List<Receipt> receipts = new ArrayList<>();
                  for (int i = 0; i < rounds; i++) {
                    Draft draft = draft(new Result.Measurement(own));
                    receipts.add(append(List.of(draft, draft, draft)));
                  }
                  return receipts;
                }));
      }
      start.countDown();
      for (int t = 0; t < threads; t++) {
        for (Receipt receipt : workers.get(t).get(30, TimeUnit.SECONDS)) {
          OffsetRange range = Objects.requireNonNull(receipt.offsets());
          assertThat(journal.read(range.first() - 1, 3))
              .extracting(Observation::result)
              .containsOnly(new Result.Measurement(t));
        }
      }
    } finally {
      pool.shutdownNow();
    }
    int expected = threads * rounds * 3;
    assertThat(journal.lastOffset()).isEqualTo(expected);
    assertThat(journal.read(0, 1_000)).hasSize(expected);
  }

  @Test
  void aCursorThatWasNeverMovedStandsAtZeroAndIsNotListed() throws Exception {
    append(numbers(3));

    assertThat(journal.cursor("sync.city")).isEqualTo(new Cursor("sync.city", 0, Tally.NONE));
    assertThat(journal.cursors()).isEmpty();
  }

  @Test
  void aCursorMovesTogetherWithWhatWasDerived() throws Exception {
    append(numbers(3));

    Receipt receipt =
        done(
            journal.advance(
                Advance.untallied(
                    "aggregation",
                    0,
                    3,
                    numbers(1),
                    List.of(StateChange.put("aggregation", "open", bytes("x"))))));

    assertThat(receipt.offsets()).isEqualTo(new OffsetRange(4, 4));
    assertThat(journal.cursor("aggregation")).isEqualTo(new Cursor("aggregation", 3, Tally.NONE));
    assertThat(journal.state().get("aggregation", "open")).hasValue(bytes("x"));
  }

  // Exactly once: a consumer that believes in an old position must not get its work in twice.
  @Test
  void aStepFromTheWrongPlaceIsAConflictAndKeepsNothing() throws Exception {
    append(numbers(5));
    Advance step =
        Advance.untallied(
            "aggregation",
            0,
            3,
            numbers(1),
            List.of(StateChange.put("aggregation", "open", bytes("x"))));
    done(journal.advance(step));
    done(journal.state().write(List.of(StateChange.remove("aggregation", "open"))));

    assertThat(reasonOf(journal.advance(step))).isEqualTo(JournalException.Reason.CONFLICT);

    assertThat(journal.lastOffset()).isEqualTo(6);
    assertThat(journal.cursor("aggregation").position()).isEqualTo(3);
    assertThat(journal.state().get("aggregation", "open")).isEmpty();
  }

  @Test
  void talliesAddUpPerCursor() throws Exception {
    append(numbers(10));

    done(journal.advance(step("a", 0, 4, new Tally(1, 1, 1, 0, 0, 1, 0))));
    done(journal.advance(step("a", 4, 10, new Tally(3, 2, 1, 0, 0, 0, 0))));
    done(journal.advance(step("b", 0, 2, Tally.delivered(2))));

    assertThat(journal.cursors())
        .containsExactly(
            new Cursor("a", 10, new Tally(4, 3, 2, 0, 0, 1, 0)),
            new Cursor("b", 2, Tally.delivered(2)));
  }

  // What lies past the end is not yet there: to step over it would lose it unseen.
  @Test
  void aStepPastTheEndIsABug() throws Exception {
    append(numbers(3));

    assertThatThrownBy(() -> journal.advance(step("a", 0, 4, Tally.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(done(journal.advance(step("a", 0, 3, Tally.NONE))).offsets()).isNull();
  }

  @Test
  void stateIsWrittenReplacedAndRemoved() throws Exception {
    StateStore state = journal.state();

    done(state.write(List.of(StateChange.put("driver", "k", bytes("one")))));
    assertThat(state.get("driver", "k")).hasValue(bytes("one"));
    assertThat(state.get("other", "k")).isEmpty();

    done(state.write(List.of(StateChange.put("driver", "k", bytes("")))));
    assertThat(state.get("driver", "k")).hasValue(new byte[0]);

    done(state.write(List.of(StateChange.remove("driver", "k"))));
    assertThat(state.get("driver", "k")).isEmpty();
  }

  @Test
  void theLastOfTwoChangesOfOneKeyHolds() throws Exception {
    done(
        journal
            .state()
            .write(
                List.of(
                    StateChange.put("driver", "k", bytes("one")),
                    StateChange.put("driver", "k", bytes("two")))));

    assertThat(journal.state().get("driver", "k")).hasValue(bytes("two"));
  }

  @Test
  void stateIsWrittenTogetherWithAnAppend() throws Exception {
    done(
        journal.append(
            numbers(1), List.of(StateChange.put("driver", "k", bytes("v"))), Durability.SYNCED));

    assertThat(journal.state().get("driver", "k")).hasValue(bytes("v"));
    assertThat(journal.lastOffset()).isEqualTo(1);
  }

  // StateChange: keys sort by their UTF-8 bytes. U+FFFD sorts before U+1F344 so, but after it by
  // Java's char order.
  @Test
  void aScanIsInTheOrderOfUtf8AndResumesAfterAKey() throws Exception {
    List<String> keys = List.of("a", "a/1", "b", "\uFFFD", "\uD83C\uDF44");
    List<StateChange> changes = new ArrayList<>();
    keys.forEach(key -> changes.add(0, StateChange.put("driver", key, bytes(key))));
    changes.add(StateChange.put("drive", "aa", bytes("another component's")));
    changes.add(StateChange.put("driver2", "aa", bytes("another component's")));
    done(journal.state().write(changes));

    assertThat(journal.state().scan("driver", "", 10))
        .extracting(StateStore.Entry::key)
        .containsExactlyElementsOf(keys);
    assertThat(journal.state().scan("driver", "a", 2))
        .extracting(StateStore.Entry::key)
        .containsExactly("a/1", "b");
    assertThat(journal.state().scan("driver", "b", 1).get(0).value()).isEqualTo(bytes("\uFFFD"));
  }

  @Test
  void listenersHearOfAppendsUntilTheyAreCancelled() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    Cancellable listening = journal.onAppend(heard::incrementAndGet);

    append(numbers(1));
    await(heard, 1);
    done(journal.state().write(List.of(StateChange.put("driver", "k", bytes("v")))));
    done(journal.advance(step("a", 0, 1, Tally.NONE)));
    // The second append comes after the state and the step: had they been told, it would be 3 or 4.
    append(numbers(1));
    await(heard, 2);
    listening.cancel();
    append(numbers(1));
    AtomicInteger heardByAnother = new AtomicInteger();
    journal.onAppend(heardByAnother::incrementAndGet);
    append(numbers(1));
    await(heardByAnother, 1);

    assertThat(heard).hasValue(2);
  }

  @Test
  void retentionRemovesTheOldestAndKeepsTheOffsets() throws Exception {
    append(List.of(received(NOON), received(NOON)));
    append(List.of(received(NOON + ONE_HOUR)));

    retain(journal, NOON + 1);

    assertThat(offsets(journal.read(0, 10))).containsExactly(3L);
    assertThat(journal.lastOffset()).isEqualTo(3);
  }

  // Offsets are for ever: an emptied journal must not begin again at 1.
  @Test
  void offsetsGoOnWhenRetentionHasRemovedEverything() throws Exception {
    append(List.of(received(NOON), received(NOON)));

    retain(journal, NOON + ONE_HOUR);

    assertThat(journal.read(0, 10)).isEmpty();
    assertThat(journal.lastOffset()).isEqualTo(2);
    assertThat(append(numbers(1)).offsets()).isEqualTo(new OffsetRange(3, 3));
  }

  @Test
  void whatRetentionTakesFromACursorIsCountedAsDropped() throws Exception {
    append(List.of(received(NOON), received(NOON), received(NOON), received(NOON)));
    append(List.of(received(NOON + ONE_HOUR)));
    done(journal.advance(step("behind", 0, 1, Tally.delivered(1))));
    done(journal.advance(step("ahead", 0, 5, Tally.delivered(5))));

    retain(journal, NOON + 1);

    assertThat(journal.cursors())
        .containsExactly(
            new Cursor("ahead", 5, Tally.delivered(5)),
            new Cursor("behind", 4, new Tally(1, 0, 0, 3, 0, 0, 0)));
    assertThat(reasonOf(journal.advance(step("behind", 1, 5, Tally.NONE))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    done(journal.advance(step("behind", 4, 5, Tally.delivered(1))));
    assertThat(journal.cursor("behind").tally().total()).isEqualTo(5);
  }

  @Test
  void accountsSayPerDatastreamWhatWasAcceptedAndWhatBecameOfIt() throws Exception {
    append(numbers(3));
    append(List.of(draft(new Result.Category("occupied"))));
    TallySheet sheet =
        TallySheet.of(TEMPERATURE, new Tally(2, 0, 0, 0, 0, 1, 0))
            .plus(TallySheet.of(BAY, Tally.withheld(1)));
    done(
        journal.advance(
            new Advance("city", 0, 4, sheet, List.of(), Map.of(), List.of(), List.of())));

    Accounts accounts = journal.accounts();

    assertThat(accounts.lastOffset()).isEqualTo(4);
    assertThat(accounts.accepted()).isEqualTo(Map.of(TEMPERATURE, 3L, BAY, 1L));
    assertThat(accounts.cursors()).isEqualTo(Map.of("city", new Accounts.Account(4, sheet)));
  }

  // A platform took in the end what it had refused: the count moves, and nothing is counted twice.
  @Test
  void whatIsRecoveredMovesFromRefusedToDelivered() throws Exception {
    append(numbers(3));
    done(journal.advance(step("a", 0, 3, Tally.refused(3))));

    done(
        journal.advance(
            new Advance(
                "a",
                3,
                3,
                TallySheet.EMPTY,
                List.of(),
                Map.of(TEMPERATURE, 2L),
                List.of(),
                List.of())));

    assertThat(journal.cursor("a")).isEqualTo(new Cursor("a", 3, new Tally(2, 0, 0, 0, 0, 1, 0)));
  }

  // The consumer read before retention removed; it knows only that offsets are missing.
  @Test
  void whatWasGoneIsTalliedByTheJournalItself() throws Exception {
    append(List.of(received(NOON), received(NOON)));
    append(List.of(received(NOON + ONE_HOUR)));
    retain(journal, NOON + 1);

    assertThat(journal.accounts().accepted()).isEqualTo(Map.of(TEMPERATURE, 3L));
    assertThat(journal.cursor("a").tally()).isEqualTo(Tally.expired(2));
    done(journal.advance(step("a", 2, 3, Tally.delivered(1))));
    assertThat(journal.accounts().cursors().get("a"))
        .isEqualTo(
            new Accounts.Account(3, TallySheet.of(TEMPERATURE, new Tally(1, 0, 0, 2, 0, 0, 0))));
  }

  @Test
  void whatIsCrowdedOutIsSkippedAndItsNeighboursAreNot() throws Exception {
    append(numbers(2));
    OffsetRange gone = Objects.requireNonNull(append(numbers(3)).offsets());
    append(numbers(2));

    crowdOut(journal, gone);

    assertThat(offsets(journal.read(0, 10))).containsExactly(1L, 2L, 6L, 7L);
    assertThat(offsets(journal.read(1, 2))).containsExactly(2L, 6L);
    assertThat(offsets(journal.read(3, 10))).containsExactly(6L, 7L);
    assertThat(journal.lastOffset()).isEqualTo(7);
  }

  // DESIGN 4: what is dropped unsent is counted, with the reason, in the ledger.
  @Test
  void aConsumerThatComesPastIsToldWhoseTheMissingOffsetsWere() throws Exception {
    append(numbers(2));
    OffsetRange gone =
        Objects.requireNonNull(
            append(
                    List.of(
                        draft(new Result.Measurement(1)),
                        draft(new Result.Category("free")),
                        draft(new Result.Measurement(2))))
                .offsets());
    done(journal.advance(step("ahead", 0, 5, Tally.delivered(5))));
    crowdOut(journal, gone);

    done(
        journal.advance(
            new Advance(
                "behind",
                0,
                5,
                TallySheet.of(TEMPERATURE, Tally.delivered(2)),
                List.of(gone),
                Map.of(),
                List.of(),
                List.of())));

    Accounts accounts = journal.accounts();
    assertThat(accounts.accepted()).isEqualTo(Map.of(TEMPERATURE, 4L, BAY, 1L));
    assertThat(Objects.requireNonNull(accounts.cursors().get("behind")).tally())
        .isEqualTo(
            TallySheet.of(TEMPERATURE, Tally.delivered(2).plus(Tally.crowdedOut(2)))
                .plus(TallySheet.of(BAY, Tally.crowdedOut(1))));
    assertThat(journal.cursor("ahead").tally()).isEqualTo(Tally.delivered(5));
  }

  // A step may end in the middle of what is gone.
  @Test
  void aPartOfWhatIsGoneIsTalliedAsThatPart() throws Exception {
    OffsetRange gone = Objects.requireNonNull(append(numbers(5)).offsets());
    crowdOut(journal, gone);

    done(journal.advance(passingOver("a", 0, 2, new OffsetRange(1, 2))));
    done(journal.advance(passingOver("a", 2, 5, new OffsetRange(3, 5))));

    assertThat(journal.cursor("a")).isEqualTo(new Cursor("a", 5, Tally.crowdedOut(5)));
  }

  @Test
  void whatIsThereCannotBePassedOverAsGone() throws Exception {
    append(numbers(2));
    OffsetRange gone = Objects.requireNonNull(append(numbers(2)).offsets());
    append(numbers(2));
    crowdOut(journal, gone);

    assertThat(reasonOf(journal.advance(passingOver("a", 0, 4, new OffsetRange(1, 4)))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    assertThat(reasonOf(journal.advance(passingOver("a", 0, 6, new OffsetRange(1, 6)))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    assertThat(reasonOf(journal.advance(passingOver("a", 0, 2, new OffsetRange(3, 4)))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    assertThat(journal.cursors()).isEmpty();
  }

  @Test
  void whatWasGoneBeforeItWasOldKeepsItsReason() throws Exception {
    append(List.of(received(NOON), received(NOON)));
    OffsetRange gone = Objects.requireNonNull(append(List.of(received(NOON))).offsets());
    append(List.of(received(NOON)));
    done(journal.advance(step("behind", 0, 1, Tally.delivered(1))));
    crowdOut(journal, gone);

    retain(journal, NOON + 1);

    assertThat(journal.cursor("never").tally())
        .isEqualTo(Tally.expired(3).plus(Tally.crowdedOut(1)));
    assertThat(journal.cursor("behind").tally())
        .isEqualTo(Tally.delivered(1).plus(Tally.expired(2)).plus(Tally.crowdedOut(1)));
  }

  @Test
  void onlyWhatWasRefusedCanBeRecovered() throws Exception {
    append(numbers(3));
    done(journal.advance(step("a", 0, 3, new Tally(2, 0, 0, 0, 0, 1, 0))));

    assertThat(reasonOf(journal.advance(recovering("a", 3, TEMPERATURE, 2))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    assertThat(reasonOf(journal.advance(recovering("a", 3, BAY, 1))))
        .isEqualTo(JournalException.Reason.CONFLICT);
    assertThat(journal.cursor("a").tally()).isEqualTo(new Tally(2, 0, 0, 0, 0, 1, 0));

    done(journal.advance(recovering("a", 3, TEMPERATURE, 1)));
    assertThat(journal.cursor("a").tally()).isEqualTo(Tally.delivered(3));
  }

  @Test
  void theDataOfATimeBeginsAfterEverythingThatWasReceivedBefore() throws Exception {
    append(List.of(received(NOON), received(NOON + 1)));
    append(List.of(received(NOON + ONE_HOUR)));

    assertThat(journal.offsetBefore(NOON)).isZero();
    assertThat(journal.offsetBefore(NOON + ONE_HOUR)).isEqualTo(2);
    assertThat(journal.offsetBefore(NOON + 2 * ONE_HOUR)).isEqualTo(3);
  }

  // Otherwise the ledger of a Destination that never got anything would not balance.
  @Test
  void aCursorThatWasNeverMovedStandsWhereRetentionEnded() throws Exception {
    append(List.of(received(NOON), received(NOON)));
    append(List.of(received(NOON + ONE_HOUR)));

    retain(journal, NOON + 1);

    assertThat(journal.cursor("new")).isEqualTo(new Cursor("new", 2, Tally.expired(2)));
    assertThat(journal.cursors()).isEmpty();
    done(journal.advance(step("new", 2, 3, Tally.delivered(1))));
    assertThat(journal.cursor("new"))
        .isEqualTo(new Cursor("new", 3, new Tally(1, 0, 0, 2, 0, 0, 0)));
  }

  @Test
  void retentionRemovesNothingThatIsYoung() throws Exception {
    append(List.of(received(NOON), received(NOON + ONE_HOUR)));
    done(journal.advance(step("a", 0, 1, Tally.delivered(1))));

    retain(journal, NOON);

    assertThat(offsets(journal.read(0, 10))).containsExactly(1L, 2L);
    assertThat(journal.cursor("a")).isEqualTo(new Cursor("a", 1, Tally.delivered(1)));
  }

  private Receipt append(List<Draft> drafts) throws Exception {
    return done(journal.append(drafts, List.of(), Durability.SYNCED));
  }

  private static Advance step(String cursor, long from, long to, Tally tally) {
    return new Advance(
        cursor,
        from,
        to,
        TallySheet.of(TEMPERATURE, tally),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  /** A step that delivers nothing and passes over what is gone. */
  private static Advance passingOver(String cursor, long from, long to, OffsetRange gone) {
    long left = Math.max(0, to - from - gone.size());
    return new Advance(
        cursor,
        from,
        to,
        TallySheet.of(TEMPERATURE, Tally.unselected(left)),
        List.of(gone),
        Map.of(),
        List.of(),
        List.of());
  }

  private static Advance recovering(String cursor, long at, DatastreamId datastream, long count) {
    return new Advance(
        cursor,
        at,
        at,
        TallySheet.EMPTY,
        List.of(),
        Map.of(datastream, count),
        List.of(),
        List.of());
  }

  private static List<Draft> numbers(int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drafts.add(draft(new Result.Measurement(20 + i * 0.01)));
    }
    return drafts;
  }

  private static Draft draft(Result result) {
    DatastreamId datastream = result instanceof Result.Category ? BAY : TEMPERATURE;
    return new Draft(datastream, PhenomenonTime.at(NOON), result, Quality.GOOD, NOON + 40);
  }

  private static Draft received(long epochMillis) {
    return new Draft(
        TEMPERATURE,
        PhenomenonTime.at(NOON),
        new Result.Measurement(20),
        Quality.GOOD,
        epochMillis);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Long> offsets(List<Observation> observations) {
    return observations.stream().map(o -> o.identity().offset()).toList();
  }

  private static <T> T done(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static JournalException.Reason reasonOf(CompletableFuture<?> future)
      throws InterruptedException, TimeoutException {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException trouble) {
        return trouble.reason();
      }
      throw new AssertionError("failed with something else than a JournalException", e);
    }
    throw new AssertionError("was expected to fail");
  }

  /** Listeners are told after the receipt, on the journal's thread. */
  private static void await(AtomicInteger counter, int value) {
    Await.await(value + " calls were heard", () -> counter.get() >= value, Duration.ofSeconds(30));
  }
}
