package city.mycelium.connector.http.internal;

import city.mycelium.api.connector.Answer;
import city.mycelium.api.connector.Check;
import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.connector.Reach;
import city.mycelium.api.connector.Verb;
import city.mycelium.api.time.Clock;
import city.mycelium.tls.Alpn;
import city.mycelium.tls.ClientHandshake;
import city.mycelium.tls.SetupException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tries a platform layer by layer, on connections of its own. The login is tried with a GET of the
 * address itself, which is safe (RFC 9110, 9.2.1) and says nothing of anybody; and, since many a
 * server answers that to everybody, once more without the login. A wrong one is never tried: some
 * platforms lock out who does. For one use; blocks.
 */
final class Probe {

  private static final Message OF_THE_ADDRESS =
      new Message(Verb.GET, "/", Map.of(), "*/*", new byte[0], false, Qos.AT_LEAST_ONCE);

  private final HttpSettings settings;
  private final Duration patience;
  private final Trouble.Words words;
  private final Clock clock;

  Probe(HttpSettings settings, Duration patience, Trouble.Words words, Clock clock) {
    this.settings = settings;
    this.patience = patience;
    this.words = words;
    this.clock = clock;
  }

  List<Check> run() {
    BaseAddress base = settings.base();
    List<Check> checks = new ArrayList<>(Reach.tcp(base.host(), base.port(), patience));
    if (Reach.allOk(checks) && base.tls()) {
      checks.add(tls());
    }
    if (Reach.allOk(checks)) {
      checks.add(login());
    }
    return checks;
  }

  private Check tls() {
    BaseAddress base = settings.base();
    try {
      SSLSocketFactory sockets = settings.tls().socketFactory();
      return Reach.tls(
          base.host(),
          base.port(),
          plain -> ClientHandshake.over(plain, sockets, base.host(), base.port(), Alpn.NONE),
          "the platform's",
          patience,
          e -> words.of(e).why());
    } catch (SetupException e) {
      return new Check("tls", false, String.valueOf(e.getMessage()));
    }
  }

  private Check login() {
    SideRequest.Heard heard = ask(settings);
    Exchange.Response response = heard.response();
    if (response == null) {
      return new Check("login", false, heard.why());
    }
    int status = response.status();
    if (heard.answer(words, OF_THE_ADDRESS, clock) instanceof Answer.Refused refused
        && !staysHere(response)) {
      return new Check("login", false, refused.why());
    }
    String answers = words.platform() + " answers a GET of itself with " + status;
    if (settings.login().equals(Login.NONE)) {
      return new Check("login", true, answers + "; no login is set up" + below(status));
    }
    Exchange.Response toStrangers = ask(settings.withoutLogin()).response();
    return toStrangers != null && (toStrangers.status() == 401 || toStrangers.status() == 403)
        ? new Check(
            "login",
            true,
            words.platform()
                + " takes this gateway's login (a GET of it is answered with "
                + status
                + ", and without the login with "
                + toStrangers.status()
                + ")"
                + below(status))
        : new Check(
            "login",
            true,
            answers
                + ", with and without this gateway's login: whether that is taken shows at 'publish'"
                + below(status));
  }

  private SideRequest.Heard ask(HttpSettings as) {
    return new SideRequest(as, patience, words).send(OF_THE_ADDRESS);
  }

  private static String below(int status) {
    return status == 404
        ? ". That is usual where only paths below the address exist; if nothing arrives, check the"
            + " path in url"
        : "";
  }

  /** A redirect to another place of the same server says nothing of the paths below. */
  private boolean staysHere(Exchange.Response response) {
    String to = response.headers().get("location");
    return response.status() >= 300
        && response.status() < 400
        && to != null
        && isHere(settings.base(), to);
  }

  private static boolean isHere(BaseAddress base, String to) {
    URI target = resolved(base, to);
    if (target == null || target.getHost() == null) {
      return false;
    }
    try {
      BaseAddress other = BaseAddress.parse(target.getScheme() + "://" + target.getRawAuthority());
      return other.tls() == base.tls()
          && other.port() == base.port()
          && other.host().equalsIgnoreCase(base.host());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable URI resolved(BaseAddress base, String to) {
    try {
      return URI.create(base.toString()).resolve(to);
    } catch (IllegalArgumentException e) { // what the server says is no address
      return null;
    }
  }
}
