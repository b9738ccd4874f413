package city.mycelium.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Confirmed messages over DTLS with Connection ID, from one gateway to one server. */
final class CoapBench {

  private static final double GOAL_PER_SECOND = 3_000;
  private static final int WARM_UP = 10_000;
  private static final String KEY = "of this run only";

  private final Path workspace;
  private final int runs;

  CoapBench(Path workspace, int runs) {
    this.workspace = workspace;
    this.runs = runs;
  }

  Report run() throws IOException, InterruptedException {
    Path key = Files.writeString(workspace.resolve("psk"), KEY);
    double[] sixteen = new double[runs];
    double[] one = new double[runs];
    for (int run = 0; run < runs; run++) {
      sixteen[run] = measured(key, 16, 20_000);
      one[run] = measured(key, 1, 10_000);
    }
    return new Report(
        "coap",
        List.of(
            Figure.atLeast("confirmed messages, NSTART 16", GOAL_PER_SECOND, "1/s", sixteen),
            Figure.reported("confirmed messages, NSTART 1", "1/s", one)),
        List.of(
            "1 KB each by POST, over DTLS 1.2 with a PSK and Connection ID, each answered with"
                + " 2.04; sender in a process with a gateway's options, server (Californium) in"
                + " another, both on this machine",
            "a burst: CoAP has 65,536 message ids for 247 s (RFC 7252, 4.4), so after some 61,000"
                + " messages it goes on with 265/s"));
  }

  private double measured(Path key, int nstart, int messages)
      throws IOException, InterruptedException {
    try (CoapSink sink = new CoapSink(KEY.getBytes(StandardCharsets.UTF_8))) {
      double perSecond =
          Probe.number(
              Probe.ask(
                  CoapProbe.class,
                  Integer.toString(sink.port()),
                  key.toString(),
                  Integer.toString(nstart),
                  Integer.toString(WARM_UP),
                  Integer.toString(messages)),
              "perSecond");
      if (sink.taken() != WARM_UP + messages || sink.takenByConnectionId() != sink.taken()) {
        throw new IOException(
            "of "
                + (WARM_UP + messages)
                + " messages the server took "
                + sink.taken()
                + ", "
                + sink.takenByConnectionId()
                + " of them by Connection ID");
      }
      return perSecond;
    }
  }
}
