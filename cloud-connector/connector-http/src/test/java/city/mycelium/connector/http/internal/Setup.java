package city.mycelium.connector.http.internal;

import city.mycelium.tls.TlsFiles;
import java.time.Duration;
import java.util.Map;

/** Settings for a server of the test, with short times; each test changes what it is about. */
final class Setup {

  private final String url;
  private TlsFiles tls = TlsFiles.NONE;
  private Login login = Login.NONE;
  private Map<String, String> headers = Map.of();
  private Duration timeout = Duration.ofSeconds(20);
  private int inFlight = 4;
  private int gzipFromBytes;

  private Setup(String url) {
    this.url = url;
  }

  static Setup to(String url) {
    return new Setup(url);
  }

  static Setup plain(int port) {
    return new Setup("http://127.0.0.1:" + port + "/base");
  }

  Setup tls(TlsFiles files) {
    tls = files;
    return this;
  }

  Setup login(Login who) {
    login = who;
    return this;
  }

  Setup headers(Map<String, String> beside) {
    headers = beside;
    return this;
  }

  Setup timeout(Duration time) {
    timeout = time;
    return this;
  }

  Setup inFlight(int messages) {
    inFlight = messages;
    return this;
  }

  Setup gzipFromBytes(int bytes) {
    gzipFromBytes = bytes;
    return this;
  }

  HttpSettings settings() {
    return new HttpSettings(
        "city",
        BaseAddress.parse(url),
        false,
        tls,
        login,
        headers,
        timeout,
        inFlight,
        gzipFromBytes,
        Duration.ofMillis(20),
        Duration.ofMillis(200));
  }

  Owner open() {
    return new Owner(settings());
  }
}
