package city.mycelium.cli;

import city.mycelium.api.observation.Result;
import java.util.Locale;

/** A result as a person reads it, without its unit. */
final class ResultText implements Result.Visitor<String> {

  static String of(Result result) {
    return result.accept(new ResultText());
  }

  private ResultText() {}

  @Override
  public String number(Result.Measurement result) {
    return Double.toString(result.value());
  }

  @Override
  public String truth(Result.Truth result) {
    return Boolean.toString(result.value());
  }

  @Override
  public String text(Result.Text result) {
    return result.value();
  }

  @Override
  public String category(Result.Category result) {
    return result.value();
  }

  @Override
  public String counter(Result.Counter result) {
    return Long.toString(result.value());
  }

  /** To a metre or so: nothing finer is worth a line. */
  @Override
  public String position(Result.Position result) {
    return String.format(Locale.ROOT, "%.5f %.5f", result.latitude(), result.longitude());
  }

  @Override
  public String summary(Result.Summary result) {
    return result.count() + " results";
  }
}
