package city.mycelium.cli;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.CommandException;
import city.mycelium.api.journal.JournalException;
import city.mycelium.api.time.Scheduler;
import city.mycelium.clock.internal.ClockCommand;
import city.mycelium.clock.internal.GatewayClock;
import city.mycelium.clock.internal.ThreadSchedulers;
import city.mycelium.driver.lorawan.internal.StoppedLorawan;
import city.mycelium.journal.internal.JournalCommands;
import city.mycelium.journal.internal.JournalOptions;
import city.mycelium.journal.internal.SqliteJournal;
import city.mycelium.pipeline.internal.DeviceCommands;
import city.mycelium.pipeline.internal.Pipeline;
import city.mycelium.pipeline.internal.PipelineSettings;
import city.mycelium.registry.internal.LoggedRegistry;
import city.mycelium.shell.internal.Requests;
import city.mycelium.sync.internal.LedgerCommand;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data of a gateway that does not run, opened by the same classes that the gateway runs on.
 * While it is open no gateway can start on it, for it holds the journal's lock.
 */
final class StoppedGateway implements Gateway {

  private final Map<String, Command> commands;
  private final Deque<AutoCloseable> opened;

  private StoppedGateway(Map<String, Command> commands, Deque<AutoCloseable> opened) {
    this.commands = commands;
    this.opened = opened;
  }

  /**
   * Opens the data.
   *
   * @param config the folder with the configuration, which names the things
   * @throws IOException if another process has it open, or it cannot be read
   */
  static Gateway open(Path data, Optional<Path> config) throws IOException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      ConfiguredHouse house =
          config.isPresent() ? ConfiguredHouse.read(config.get()) : ConfiguredHouse.EMPTY;
      SqliteJournal journal = SqliteJournal.open(data, JournalOptions.DEFAULT);
      opened.push(journal);
      Scheduler scheduler = new ThreadSchedulers().serial("mycelium-cli");
      opened.push(scheduler);
      GatewayClock clock = GatewayClock.asWritten(data, scheduler);
      LoggedRegistry registry =
          LoggedRegistry.open(
              data.resolve("registry.jsonl"), house.things(), house.devices(), clock);
      Pipeline pipeline =
          new Pipeline(journal, registry, clock, clock, scheduler, PipelineSettings.DEFAULT);
      opened.push(pipeline);
      StoppedLorawan lorawan = StoppedLorawan.open(data, config);
      Map<String, Command> commands = new java.util.TreeMap<>();
      for (Command command : lorawan.commands()) {
        commands.put(command.name(), command);
      }
      for (Command command :
          DeviceCommands.of(pipeline, registry, () -> List.of(lorawan.accounts()))) {
        commands.put(command.name(), command);
      }
      Command time = new ClockCommand(clock, () -> Optional.of(pipeline));
      commands.put(time.name(), time);
      Command ledger = new LedgerCommand(journal);
      commands.put(ledger.name(), ledger);
      for (Command command : JournalCommands.of(journal, () -> Optional.of(registry))) {
        commands.put(command.name(), command);
      }
      return new StoppedGateway(commands, opened);
    } catch (JournalException e) {
      closeAll(opened);
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      closeAll(opened);
      throw e;
    }
  }

  @Override
  public JsonObject ask(String command, Map<String, String> arguments) throws CommandException {
    Command known = commands.get(command);
    if (known == null) {
      throw new CommandException("'" + command + "' needs a running gateway; start it first");
    }
    return Requests.toJson(known.run(arguments));
  }

  @Override
  public void close() throws IOException {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) throws IOException {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // AutoCloseable allows any; the rest must be closed all the same
        throw new IOException("the data could not be closed properly: " + e.getMessage(), e);
      }
    }
  }
}
