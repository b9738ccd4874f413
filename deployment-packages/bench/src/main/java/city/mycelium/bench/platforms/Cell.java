package city.mycelium.bench.platforms;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** One place in the matrix. */
record Cell(Pairing pairing, Fault fault) {

  /**
   * What became of it.
   *
   * @param accepted observations in the journal
   * @param delivered how many of them the ledger calls delivered
   * @param setAside how many it calls refused
   * @param told how many observations the platform was told and took, repeats included
   * @param held how many different ones it holds
   * @param superseded how many it need not hold, for it shows a later one
   * @param duplicated how many it holds beside the first of the same
   * @param wrong how many told something that was never observed
   * @param struck how often something went wrong
   * @param isDone whether nothing was left to send within the time
   */
  record Result(
      Cell cell,
      int accepted,
      long delivered,
      long setAside,
      long told,
      int held,
      int superseded,
      int duplicated,
      long wrong,
      int struck,
      boolean isDone,
      double seconds) {

    /** Called delivered, and neither held by the platform nor superseded there. */
    long lost() {
      return Math.max(0, delivered - held - superseded);
    }

    /** Whether nobody can know what the platform did with what it said it had. */
    boolean isBlind() {
      return cell.fault == Fault.LIE && !cell.pairing.seesLies();
    }

    /** Whether it is as it has to be. */
    boolean isGood() {
      return trouble().isEmpty();
    }

    /** What is not as it has to be, for a person; empty if all is. */
    String trouble() {
      StringBuilder trouble = new StringBuilder();
      if (cell.pairing.isNoWayIn()) {
        add(trouble, delivered > 0, delivered + " called delivered where there is no way in");
        return trouble.toString();
      }
      add(trouble, lost() > 0 && !isBlind(), lost() + " lost");
      add(
          trouble,
          duplicated > 0 && cell.pairing.mayDuplicate() == null,
          duplicated + " stored twice");
      add(trouble, wrong > 0, wrong + " told wrongly");
      add(trouble, setAside > 0, setAside + " set aside");
      add(
          trouble,
          !isDone,
          (accepted - delivered - setAside) + " not delivered in " + Math.round(seconds) + " s");
      add(trouble, struck == 0 && cell.fault != Fault.NONE, "nothing went wrong at all");
      return trouble.toString();
    }

    private static void add(StringBuilder trouble, boolean is, String what) {
      if (is) {
        trouble.append(trouble.length() == 0 ? "" : ", ").append(what);
      }
    }

    JsonObject json() {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("connector", cell.pairing.connector())
              .add("dialect", cell.pairing.dialect())
              .add("fault", cell.fault.word())
              .add("accepted", accepted)
              .add("delivered", delivered)
              .add("duplicated", duplicated)
              .add("lost", lost())
              .add("setAside", setAside)
              .add("superseded", superseded)
              .add("told", told)
              .add("struck", struck)
              .add("seconds", Math.round(seconds * 10) / 10.0)
              .add("good", isGood());
      String why = cell.pairing.mayDuplicate();
      if (why != null) {
        json.add("mayDuplicate", why);
      }
      if (isBlind()) {
        json.add("lossCannotBeKnown", true);
      }
      if (!isGood()) {
        json.add("trouble", trouble());
      }
      return json.build();
    }
  }

  @Override
  public String toString() {
    return pairing.connector() + " × " + pairing.dialect() + " × " + fault.word();
  }
}
