/**
 * Fakes, contract tests and the one wait: what tests of every room share. Never part of a bundle
 * set. A fake here keeps state and behaves like the real thing; it records nothing for its own
 * sake.
 */
@Export
@Version("0.1.0")
@NullMarked
package city.mycelium.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
