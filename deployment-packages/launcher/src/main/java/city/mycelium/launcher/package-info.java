/**
 * Starts the framework with one bundle set on one data directory and keeps the configuration of the
 * running bundles equal to a folder of files. Knows nothing of what the bundles do, and no bundle
 * knows the launcher.
 */
@NullMarked
package city.mycelium.launcher;

import org.jspecify.annotations.NullMarked;
