package city.mycelium.driver.push.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class AnswerTest {

  /** What a kit sent may be part of the reason. */
  @Test
  void saysAnyReasonInJson() {
    String why = "line 2: \"\u00b5\" \\ \n\u0000 \ud83c\udf44";
    String body = Answer.error(Answer.BAD_REQUEST, why).body();
    assertThat(Json.createReader(new StringReader(body)).readObject().getString("error"))
        .isEqualTo(why);
    assertThat(body).startsWith("{\"error\":\"line 2: \\\"").endsWith("}\n");
  }
}
