package city.mycelium.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaddenstoelTest {

  private final Paddenstoel kit =
      new Paddenstoel("123", Duration.ofMinutes(2), Kits.probes(Kits.ALL), new Random(1));

  private final Paddenstoel withoutNo2 =
      new Paddenstoel("124", Duration.ofMinutes(2), Kits.probes(Kits.WITHOUT_NO2), new Random(1));

  /** facts from RIVM's sketch: no time stamp, these fields, two decimals. */
  @Test
  void postsOneLineOfItsFirmwaresShape() {
    Post post = kit.measure(Kits.NOW).get(0);

    assertThat(post.path()).isEqualTo("/write?db=paddenstoel&u=kit&p=kit");
    assertThat(post.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
    assertThat(post.body())
        .matches(
            "paddenstoel,id=123 Temp=-?\\d+\\.\\d\\d,Pres=\\d+\\.\\d\\d,Hum=\\d+\\.\\d\\d,"
                + "PM25=\\d+\\.\\d\\d,PM10=\\d+\\.\\d\\d,NO2=\\d+\\.\\d\\d,"
                + "RSSI=-\\d+,ERROR=0,ECOUNT=0,SMPLS=4");
  }

  @Test
  void promisesExactlyTheValuesThatTheBodySpells() {
    Post post = kit.measure(Kits.NOW).get(0);

    assertThat(post.values()).hasSize(6);
    for (PostedValue value : post.values()) {
      String field = value.datastream().substring("paddenstoel.123/".length());
      String spelled = post.body().split(field + "=", 2)[1].split(",", 2)[0];
      assertThat(value.value()).isEqualTo(Double.parseDouble(spelled));
    }
  }

  @Test
  void whatIsNotFittedIsSentAsMinusOneAndNotPromised() {
    Post post = withoutNo2.measure(Kits.NOW).get(0);

    assertThat(post.body()).contains(",NO2=-1.00,");
    assertThat(post.values())
        .extracting(PostedValue::datastream)
        .doesNotContain("paddenstoel.124/NO2");
  }

  @Test
  void aSensorThatDoesNotAnswerIsSentAsTheFirmwaresOtherSentinelAndCounted() {
    List<Post> posts = many(200);

    assertThat(posts).anySatisfy(post -> assertThat(post.body()).contains("=-999.999", "ERROR=1"));
    assertThat(posts)
        .flatExtracting(Post::values)
        .allSatisfy(v -> assertThat(v.value()).isGreaterThan(-900));
  }

  @Test
  void countsItsSamplesInStepsOfFourAndWrapsPastAThousand() {
    assertThat(many(252).stream().map(post -> post.body().replaceAll(".*SMPLS=", "")).toList())
        .startsWith("4", "8", "12")
        .endsWith("1000", "1004", "4");
  }

  private List<Post> many(int count) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posts.addAll(kit.measure(Kits.NOW + i * 120_000L));
    }
    return posts;
  }
}
