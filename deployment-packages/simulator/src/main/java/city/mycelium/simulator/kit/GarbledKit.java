package city.mycelium.simulator.kit;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A kit whose memory is failing: now and then rubbish follows the measurement. The protocol answers
 * such a post with an error, so nothing in it is promised; the good part may be kept all the same.
 */
public final class GarbledKit implements Kit {

  private static final String ALPHABET = "abcXYZ019 ,=\"\\{}[]:-._#%\u00e9\u20ac";

  private final Kit kit;
  private final Random random;
  private final int oneIn;

  /**
   * Damages a kit.
   *
   * @param oneIn how many posts there are to a garbled one, on average
   */
  public GarbledKit(Kit kit, Random random, int oneIn) {
    this.kit = kit;
    this.random = random;
    this.oneIn = oneIn;
  }

  @Override
  public String device() {
    return kit.device();
  }

  @Override
  public Duration period() {
    return kit.period();
  }

  @Override
  public List<Post> measure(long epochMillis) {
    return kit.measure(epochMillis).stream()
        .map(post -> random.nextInt(oneIn) == 0 ? garbled(post) : post)
        .toList();
  }

  private Post garbled(Post post) {
    // The leading brace is neither a second JSON document nor a line that any parser can take.
    StringBuilder rubbish = new StringBuilder("\n{");
    for (int i = 10 + random.nextInt(50); i > 0; i--) {
      rubbish.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new Post(post.path(), post.headers(), post.body() + rubbish, post.values());
  }
}
