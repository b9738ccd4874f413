package city.mycelium.driver.kit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Runs the tests of a contract without JUnit, for tests about contracts that fail. */
public final class Contracts {

  private Contracts() {}

  /** The same for a class with a constructor without arguments. */
  public static Map<String, String> failures(Class<?> contract) {
    try {
      Constructor<?> constructor = contract.getDeclaredConstructor();
      constructor.setAccessible(true);
      return failures(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(contract + " cannot be made", e);
    }
  }

  /** The tests that fail, with their reasons. */
  public static Map<String, String> failures(Object contract) {
    Map<String, String> failures = new TreeMap<>();
    int tests = 0;
    for (Method test : contract.getClass().getMethods()) {
      if (test.isAnnotationPresent(Test.class)) {
        tests++;
        try {
          test.invoke(contract, new Findings());
        } catch (InvocationTargetException e) {
          failures.put(test.getName(), String.valueOf(e.getCause()));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    if (tests == 0) {
      throw new AssertionError(contract + " has no tests");
    }
    return failures;
  }
}
