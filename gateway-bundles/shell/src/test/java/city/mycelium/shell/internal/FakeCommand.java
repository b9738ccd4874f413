package city.mycelium.shell.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A command that remembers what it was asked and does what the test says. */
final class FakeCommand implements Command {

  private final String name;
  private final Body body;
  private final List<Map<String, String>> asked = Collections.synchronizedList(new ArrayList<>());

  /** What the command does. */
  @FunctionalInterface
  interface Body {
    Map<String, Object> run(Map<String, String> arguments) throws CommandException;
  }

  FakeCommand(String name, Body body) {
    this.name = name;
    this.body = body;
  }

  List<Map<String, String>> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) throws CommandException {
    asked.add(arguments);
    return body.run(arguments);
  }
}
