package city.mycelium.connector.file.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, for whoever runs the gateway. */
final class Words {

  private Words() {}

  static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "the gateway's user may not write there: chown or chmod the folder";
    }
    if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
      return "there is a file where a folder should be: move it away";
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("No space left")) {
      return "the disk is full: make room, or choose another folder";
    }
    if (said.contains("Read-only")) {
      return "the disk is mounted read-only: look at the system's log, it may be worn out";
    }
    return said;
  }
}
