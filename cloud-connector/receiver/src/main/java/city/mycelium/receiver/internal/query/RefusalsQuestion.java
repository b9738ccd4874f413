package city.mycelium.receiver.internal.query;

import city.mycelium.api.observation.OffsetRange;
import city.mycelium.receiver.internal.store.Arrival.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A gateway's messages that can never be taken, the newest first. */
public record RefusalsQuestion(String gateway)
    implements Archive.Question<List<RefusalsQuestion.Refusal>> {

  /**
   * One message, however often it came.
   *
   * @param offsets what it would have covered
   * @param times how often it came
   * @param lastAt UTC epoch milliseconds; the first time is in the sample
   */
  public record Refusal(
      String epoch,
      String destination,
      OffsetRange offsets,
      String why,
      Sample sample,
      long times,
      long lastAt) {}

  @Override
  public List<Refusal> ask(Connection connection) throws SQLException {
    List<Refusal> refusals = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT epoch, destination, first_offset, last_offset, why, media_type, bytes, head,"
                + " first_at, times, last_at FROM refusal"
                + " JOIN delivery ON delivery.id = refusal.delivery_id"
                + " JOIN journal ON journal.id = delivery.journal_id"
                + " WHERE gateway = ? ORDER BY last_at DESC, first_offset")) {
      select.setString(1, gateway);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          refusals.add(
              new Refusal(
                  row.getString(1),
                  row.getString(2),
                  new OffsetRange(row.getLong(3), row.getLong(4)),
                  row.getString(5),
                  new Sample(row.getString(6), row.getLong(7), row.getString(8), row.getLong(9)),
                  row.getLong(10),
                  row.getLong(11)));
        }
      }
    }
    return refusals;
  }
}
