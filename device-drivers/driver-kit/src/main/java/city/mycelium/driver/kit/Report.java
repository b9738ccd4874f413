package city.mycelium.driver.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test of a class the same {@link Findings}, and prints them after the last: on
 * standard output, and into {@code target/driver-kit} where a Maven build has made a target.
 */
final class Report implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

  private static final Namespace OURS = Namespace.create(Report.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(OURS).put(Findings.class, new Findings());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Findings.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return findings(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    String report = findings(context).toString();
    System.out.println(report);
    Path target = Path.of("target");
    if (Files.isDirectory(target)) {
      try {
        Path folder = Files.createDirectories(target.resolve("driver-kit"));
        Files.writeString(
            folder.resolve(context.getRequiredTestClass().getSimpleName() + ".txt"), report);
      } catch (IOException e) {
        throw new UncheckedIOException("the report cannot be kept in " + target, e);
      }
    }
  }

  private static Findings findings(ExtensionContext context) {
    Findings findings = context.getStore(OURS).get(Findings.class, Findings.class);
    if (findings == null) {
      throw new IllegalStateException("beforeAll has not been called");
    }
    return findings;
  }
}
