package city.mycelium.driver.host.internal;

import city.mycelium.api.driver.DeviceBoard;
import city.mycelium.api.driver.FrameTap;
import city.mycelium.api.driver.Intake;
import city.mycelium.api.time.Clock;
import city.mycelium.api.time.Scheduler;
import city.mycelium.api.time.Schedulers;
import city.mycelium.driver.host.DeviceHost;
import city.mycelium.driver.host.HostedDevice;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The one host of this gateway, for the modules of all buses. */
@Component
public final class DeviceHostComponent implements DeviceHost {

  /** More devices than this do not hang at once on any gateway; each thread costs some 100 kB. */
  private static final int MOST_WORKERS = 256;

  private static final long IDLE_SECONDS = 30;

  private final Scheduler scheduler;
  private final ThreadPoolExecutor workers;
  private final PollingHost host;

  @Activate
  public DeviceHostComponent(
      @Reference Intake intake,
      @Reference Clock clock,
      @Reference Schedulers schedulers,
      @Reference DeviceBoard board,
      @Reference FrameTap tap) {
    scheduler = schedulers.serial("devices");
    workers =
        new ThreadPoolExecutor(
            0,
            MOST_WORKERS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "device");
              thread.setDaemon(true);
              return thread;
            });
    host = new PollingHost(intake, clock, scheduler, workers, board, tap);
  }

  @Override
  public Stay host(HostedDevice device) {
    return host.host(device);
  }

  @Deactivate
  void deactivate() {
    scheduler.close();
    workers.shutdown();
  }
}
