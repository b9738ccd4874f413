package city.mycelium.driver.host.internal;

import city.mycelium.api.control.Command;
import city.mycelium.api.control.DeviceAccounts;
import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.observation.DeviceId;
import city.mycelium.api.time.Clock;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/** The one {@link StateBoard}, with what people can ask it. */
@Component
public final class DeviceBoardComponent implements DeviceBoard, DeviceAccounts, Command {

  private final StateBoard board;
  private final HealthCommand health;

  @Activate
  public DeviceBoardComponent(@Reference Clock clock) {
    board = new StateBoard(clock, LoggerFactory.getLogger(DeviceBoard.class));
    health = new HealthCommand(board);
  }

  @Override
  public Entry enter(DeviceId device, String where) {
    return board.enter(device, where);
  }

  @Override
  public Map<DeviceId, Map<String, Object>> devices() {
    return board.devices();
  }

  @Override
  public List<Map<String, Object>> strangers() {
    return board.strangers();
  }

  @Override
  public String name() {
    return health.name();
  }

  @Override
  public Map<String, Object> run(Map<String, String> arguments) {
    return health.run(arguments);
  }
}
