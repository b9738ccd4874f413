package city.mycelium.api.control;

import city.mycelium.api.observation.DeviceId;
import java.util.List;
import java.util.Map;

/**
 * What a driver can say of its devices, for {@code device list}: beside what the registry knows of
 * them and what is held for them. Safe for use by many threads; must return at once.
 */
public interface DeviceAccounts {

  /** Columns by device, in the tree of a {@link Command}'s answer; also of devices never heard. */
  Map<DeviceId, Map<String, Object>> devices();

  /** Who was heard and does not belong here, each as a row; empty if nobody was. */
  List<Map<String, Object>> strangers();
}
