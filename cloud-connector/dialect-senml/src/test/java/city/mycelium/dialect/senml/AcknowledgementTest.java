package city.mycelium.dialect.senml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.dialect.senml.Acknowledgement.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/wire.md, 4. */
class AcknowledgementTest {

  private static final String GOOD =
      "{'wire':1,'epoch':'00c0ffee00c0ffee','contiguous':1200,'above':[[1301,1400]],'stored':1187}";
  private static final Acknowledgement TOLD =
      new Acknowledgement(Packs.EPOCH, 1200, List.of(new OffsetRange(1301, 1400)), 1187);

  @Test
  void itIsTheGoldenFileBothWays() throws SenmlException {
    assertThat(TOLD.toJson()).isEqualTo(Golden.json("acknowledgement.json"));
    assertThat(Acknowledgement.parse(Golden.json("acknowledgement.json"))).isEqualTo(TOLD);
  }

  @Test
  void whatIsRefusedIsTheGoldenFileBothWays() throws SenmlException {
    Acknowledgement refusing =
        new Acknowledgement(
            TOLD.epoch(),
            TOLD.contiguous(),
            TOLD.above(),
            TOLD.stored(),
            List.of(new Refused(new OffsetRange(1201, 1250), "record 3: 'mD' is never negative")));
    assertThat(refusing.toJson()).isEqualTo(Golden.json("acknowledgement-refused.json"));
    assertThat(Acknowledgement.parse(Golden.json("acknowledgement-refused.json")))
        .isEqualTo(refusing);
  }

  // However much is refused, and however long the reasons: the retained message stays small.
  @Test
  void onlyTheFirstTwentyRefusalsAreToldAndInShort() throws SenmlException {
    List<Refused> many =
        LongStream.range(1, 50)
            .mapToObj(i -> new Refused(new OffsetRange(i, i), "why ".repeat(1_000)))
            .toList();
    Acknowledgement ack = new Acknowledgement(1, 0, List.of(), 0, many);
    assertThat(ack.refused()).isEqualTo(many.subList(0, 20));
    assertThat(ack.refused().get(0).why()).hasSize(200);
    assertThat(ack.toJson()).hasSizeLessThan(6_000);
    assertThat(Acknowledgement.parse(ack.toJson())).isEqualTo(ack);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[{'from':5,'to':4,'why':'x'}] | an offset range is",
        "[{'to':4,'why':'x'}]          | needs 'from'",
        "[{'from':4,'to':4}]           | needs 'why'",
        "[{'from':4,'to':9,'why':'x'},{'from':9,'to':9,'why':'y'}] | do not overlap",
        "{}                            | must be an array",
      })
  void whatIsNoRefusalIsRefused(String refused, String why) {
    assertThatThrownBy(() -> parse(GOOD.replace("187}", "187,'refused':" + refused + "}")))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining(why);
  }

  @Test
  void theGreatestNumbersTravel() throws SenmlException {
    Acknowledgement greatest =
        new Acknowledgement(
            -1,
            Long.MAX_VALUE - 2,
            List.of(new OffsetRange(Long.MAX_VALUE, Long.MAX_VALUE)),
            Long.MAX_VALUE);
    assertThat(Acknowledgement.parse(greatest.toJson())).isEqualTo(greatest);
  }

  // More than a hundred are told later: the message stays small however bad the line was.
  @Test
  void onlyTheFirstHundredRangesAreTold() throws SenmlException {
    List<OffsetRange> many =
        LongStream.range(1, 500).mapToObj(i -> new OffsetRange(i * 10, i * 10 + 5)).toList();
    Acknowledgement ack = new Acknowledgement(1, 3, many, 0);
    assertThat(ack.above()).isEqualTo(many.subList(0, 100));
    assertThat(Acknowledgement.parse(ack.toJson())).isEqualTo(ack);
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws SenmlException {
    assertThat(parse(GOOD.replace("'wire':1", "'later':{'x':[1,2]},'wire':1"))).isEqualTo(TOLD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'wire':1            | 'wire':2            | update the older end",
        "'wire':1            | 'wire':'1'          | must be a whole number",
        "'wire':1            | 'x':1               | needs 'wire'",
        "'epoch'             | 'x'                 | needs 'epoch'",
        "00c0ffee00c0ffee    | 00C0FFEE00C0FFEE    | 16 lowercase",
        "'contiguous':1200   | 'x':1               | needs 'contiguous'",
        "'contiguous':1200   | 'contiguous':-1     | below 0",
        "'contiguous':1200   | 'contiguous':1200.0 | must be a whole number",
        "'contiguous':1200   | 'contiguous':1301   | ascend",
        "'stored':1187       | 'x':1               | needs 'stored'",
        "'stored':1187       | 'stored':-1         | below 0",
        "[[1301,1400]]       | [[1301]]            | two ends",
        "[[1301,1400]]       | [[1301,1400,1500]]  | two ends",
        "[[1301,1400]]       | [[1400,1301]]       | an offset range is",
        "[[1301,1400]]       | [[1301,1400],[1400,1500]] | ascend",
        "[[1301,1400]]       | [1301,1400]         | must be an array",
        "[[1301,1400]]       | {}                  | must be an array",
        "1187}               | 1187}}              | ",
        "1187}               | 1187}{}             | something follows",
      })
  void whatIsNoAcknowledgementIsRefused(String from, String to, String why) {
    String broken = GOOD.replace(from, to);
    assertThat(broken).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> parse(broken))
        .isInstanceOf(SenmlException.class)
        .hasMessageContaining(why == null ? "" : why);
  }

  private static Acknowledgement parse(String singleQuoted) throws SenmlException {
    return Acknowledgement.parse(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
