package city.mycelium.driver.sysfs.internal.gpio;

import city.mycelium.api.device.DeviceException;
import city.mycelium.driver.sysfs.internal.Tap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of this machine through the kernel's GPIO character device, version 2. Finds a line by
 * its name, and a chip by its label, for the number in {@code /dev/gpiochip4} is not the same on
 * the next model, or with the next kernel. Keeps nothing, so safe for use by many threads.
 */
public final class CharacterDevice implements GpioLines {

  private static final String ANY = "any";
  private static final String PREFIX = "gpiochip";

  private final Path folder;
  private final Kernel kernel;
  private final Tap tap;

  /** The lines below {@code /dev}; nothing native is loaded before one is opened. */
  public CharacterDevice(Tap tap) {
    this(Path.of("/dev"), new Libc(), tap);
  }

  CharacterDevice(Path folder, Kernel kernel, Tap tap) {
    this.folder = folder;
    this.kernel = kernel;
    this.tap = tap;
  }

  /** A line that was found: the open chip, which of its lines, and what the chip calls itself. */
  private record Found(int chip, int offset, String label) {}

  @Override
  public GpioLine open(LineRequest request) throws DeviceException {
    try {
      Found found = find(request);
      try {
        return new Line(take(found, request), request.line() + " of " + found.label);
      } finally {
        kernel.close(found.chip);
      }
    } catch (LinkageError e) { // JNA's own library does not load: for another processor, or noexec
      throw DeviceException.config(
          "native code cannot be loaded ("
              + e.getMessage()
              + "): install a Java for this system's userland (dpkg --print-architecture; "
              + System.getProperty("os.arch")
              + " is running), and a folder for temporary files from which programs may run"
              + " (-Djna.tmpdir=)");
    }
  }

  private Found find(LineRequest request) throws DeviceException {
    List<Path> chips = chips();
    if (chips.isEmpty()) {
      throw DeviceException.unreachable(
          "there is no "
              + folder
              + "/"
              + PREFIX
              + "0: this machine has no GPIO lines, or its"
              + " driver is not loaded");
    }
    List<String> labels = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    try {
      for (Path path : chips) {
        int chip = openChip(path);
        Optional<Found> here = Optional.empty();
        try {
          byte[] info = new byte[GpioAbi.CHIPINFO_BYTES];
          ioctl(chip, GpioAbi.GET_CHIPINFO, info, path.toString());
          String label = GpioAbi.label(info);
          labels.add(label + " (" + path.getFileName() + ", " + GpioAbi.lines(info) + " lines)");
          if (List.of(ANY, label, path.getFileName().toString()).contains(request.chip())) {
            here =
                offset(chip, GpioAbi.lines(info), request.line(), label)
                    .map(offset -> new Found(chip, offset, label));
            here.ifPresent(found::add);
          }
        } finally {
          if (here.isEmpty()) {
            kernel.close(chip);
          }
        }
      }
      if (found.size() != 1) {
        throw notOne(request, found, labels);
      }
      return found.get(0);
    } catch (DeviceException e) {
      found.forEach(f -> kernel.close(f.chip));
      throw e;
    }
  }

  private List<Path> chips() throws DeviceException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).sorted().toList();
    } catch (IOException e) {
      throw DeviceException.unreachable("cannot look into " + folder + ": " + e.getMessage(), e);
    }
  }

  private int openChip(Path path) throws DeviceException {
    try {
      return kernel.open(path.toString());
    } catch (Errno e) {
      if (e.number() == Errno.EACCES || e.number() == Errno.EPERM) {
        String user = System.getProperty("user.name");
        throw DeviceException.config(
            path
                + " may not be opened by user "
                + user
                + ": sudo usermod -aG gpio "
                + user
                + ", and restart the gateway (where there is no group gpio, give it the device with"
                + " a udev rule)");
      }
      throw DeviceException.unreachable(path + " cannot be opened (errno " + e.number() + ")", e);
    }
  }

  private Optional<Integer> offset(int chip, int lines, String line, String label)
      throws DeviceException {
    if (line.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(line);
      return number < lines ? Optional.of(number) : Optional.empty();
    }
    for (int offset = 0; offset < lines; offset++) {
      byte[] info = GpioAbi.lineinfo(offset);
      ioctl(chip, GpioAbi.GET_LINEINFO, info, label);
      if (GpioAbi.lineName(info).equals(line)) {
        return Optional.of(offset);
      }
    }
    return Optional.empty();
  }

  private static DeviceException notOne(
      LineRequest request, List<Found> found, List<String> labels) {
    String chips = String.join(", ", labels);
    return found.isEmpty()
        ? DeviceException.config(
            "there is no line "
                + request.line()
                + (request.chip().equals(ANY) ? "" : " on chip " + request.chip())
                + "; the chips are "
                + chips
                + ": gpioinfo (package gpiod) lists the names of their lines")
        : DeviceException.config(
            "several chips have a line "
                + request.line()
                + ": name one of "
                + chips
                + " as chip, by its label");
  }

  private int take(Found found, LineRequest request) throws DeviceException {
    byte[] structure = GpioAbi.request(found.offset, request);
    try {
      kernel.ioctl(found.chip, GpioAbi.GET_LINE, structure);
      return GpioAbi.descriptor(structure);
    } catch (Errno e) {
      String line = "line " + request.line() + " of " + found.label;
      throw switch (e.number()) {
        case Errno.EBUSY -> inUse(found, request, line);
        case Errno.ENXIO, Errno.EINVAL ->
            DeviceException.config(
                line
                    + " cannot be asked for this (errno "
                    + e.number()
                    + "): take a line that can interrupt, and bias as-is if the chip has no"
                    + " resistors");
        case Errno.ENODEV ->
            DeviceException.unreachable(line + ": its chip has gone; plug it in again", e);
        default ->
            DeviceException.config(
                line + " cannot be had (errno " + e.number() + "); dmesg may say more");
      };
    }
  }

  /** A line that this very device has had, and has not given back yet, is no matter of settings. */
  private DeviceException inUse(Found found, LineRequest request, String line)
      throws DeviceException {
    byte[] info = GpioAbi.lineinfo(found.offset);
    ioctl(found.chip, GpioAbi.GET_LINEINFO, info, found.label);
    String consumer = GpioAbi.consumer(info);
    if (consumer.equals(request.consumer())) {
      return DeviceException.unreachable(line + " has not been given back yet; it is tried again");
    }
    return DeviceException.config(
        line
            + " is in use by "
            + (consumer.isEmpty() ? "a driver of the kernel or a program without a name" : consumer)
            + ": take another line, or stop that (gpioinfo shows who has which)");
  }

  private void ioctl(int descriptor, long request, byte[] structure, String what)
      throws DeviceException {
    try {
      kernel.ioctl(descriptor, request, structure);
    } catch (Errno e) {
      if (e.number() == Errno.ENOTTY || e.number() == Errno.EINVAL) {
        throw DeviceException.config(
            what
                + " does not know the GPIO interface version 2 (errno "
                + e.number()
                + "): it needs Linux 5.10 or newer (uname -r)");
      }
      throw DeviceException.unreachable(
          what + " does not answer (errno " + e.number() + "): its chip has gone", e);
    }
  }

  private final class Line implements GpioLine {

    private final int descriptor;
    private final String what;
    private boolean closed;

    Line(int descriptor, String what) {
      this.descriptor = descriptor;
      this.what = what;
    }

    @Override
    public boolean isActive() throws DeviceException {
      tap.said("value");
      byte[] values = GpioAbi.values();
      try {
        kernel.ioctl(descriptor, GpioAbi.GET_VALUES, values);
      } catch (Errno e) {
        throw gone(e);
      }
      tap.heard(values);
      return GpioAbi.isActive(values);
    }

    @Override
    public List<Edge> edges() throws DeviceException {
      tap.said("edges");
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] some = new byte[64 * GpioAbi.EVENT_BYTES];
      try {
        int length = kernel.readWithoutWaiting(descriptor, some);
        // Bounded: a line that never rests must not hold the reader for ever.
        for (int turn = 0; length > 0 && turn < GpioAbi.EVENTS_KEPT; turn++) {
          all.write(some, 0, length);
          length = kernel.readWithoutWaiting(descriptor, some);
        }
      } catch (Errno e) {
        throw gone(e);
      }
      byte[] events = all.toByteArray();
      tap.heard(events);
      return GpioAbi.edges(events, events.length);
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        kernel.close(descriptor);
      }
    }

    private DeviceException gone(Errno e) {
      tap.failed("errno " + e.number());
      return DeviceException.unreachable(
          "line " + what + " does not answer (errno " + e.number() + "): its chip has gone", e);
    }
  }
}
