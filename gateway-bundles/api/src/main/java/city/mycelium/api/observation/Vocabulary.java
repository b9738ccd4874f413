package city.mycelium.api.observation;

import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The observed properties that city sensors speak of, each with its public definition: pollutants
 * by the European air quality vocabulary (EIONET, aq/pollutant), weather, soil and water by the CF
 * standard names (NERC vocabulary server), parking, traffic, waste, light and energy by the smart
 * data models, and what none of them has by QUDT, LOINC, INSPIRE, ANSI/ASA or W3C. A definition
 * belongs to one property only.
 *
 * <p>Immutable, so safe for use by many threads.
 *
 * <p>Plausible ranges are engineering judgement: wide enough for any healthy sensor, so that what
 * lies outside deserves a second look. A property whose results are words or truths has {@link
 * Unit#ONE} and no range.
 */
public final class Vocabulary {

  private static final Map<String, ObservedProperty> BY_NAME = new LinkedHashMap<>();

  /** Where the terms of the smart data models live, as their {@code context.jsonld} files say. */
  private static final String MODELS = "https://smartdatamodels.org/dataModel.";

  // Air

  public static final ObservedProperty PM1 =
      pollutant("PM1", 6002, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 2_000);
  public static final ObservedProperty PM2_5 =
      pollutant("PM2.5", 6001, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 2_000);
  public static final ObservedProperty PM4 =
      model("PM4", "Environment/pm4", Unit.MICROGRAM_PER_CUBIC_METRE, 0, 2_500);
  public static final ObservedProperty PM10 =
      pollutant("PM10", 5, Unit.MICROGRAM_PER_CUBIC_METRE, 0, 3_000);

  /** Particles per volume; which sizes is said by the channel. */
  public static final ObservedProperty PARTICLE_NUMBER =
      cf(
          "particle-number",
          "number_concentration_of_ambient_aerosol_particles_in_air",
          Unit.PER_CUBIC_CENTIMETRE,
          0,
          1e6);

  // Electrochemical cells drift below zero: that is a reading to calibrate, not one to throw away.
  public static final ObservedProperty NO2 =
      pollutant("NO2", 8, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 2_000);
  public static final ObservedProperty NO =
      pollutant("NO", 38, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 2_000);
  public static final ObservedProperty O3 =
      pollutant("O3", 7, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 1_000);
  public static final ObservedProperty SO2 =
      pollutant("SO2", 1, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 3_000);
  public static final ObservedProperty CO =
      pollutant("CO", 10, Unit.MICROGRAM_PER_CUBIC_METRE, -500, 100_000);
  public static final ObservedProperty NH3 =
      pollutant("NH3", 35, Unit.MICROGRAM_PER_CUBIC_METRE, -50, 3_000);
  public static final ObservedProperty CO2 = pollutant("CO2", 71, Unit.PPM, 300, 10_000);
  public static final ObservedProperty VOC =
      model("VOC", "Environment/volatileOrganicCompoundsTotal", Unit.PPB, 0, 60_000);

  // Weather

  public static final ObservedProperty AIR_TEMPERATURE =
      cf("air-temperature", "air_temperature", Unit.DEGREE_CELSIUS, -40, 60);
  public static final ObservedProperty RELATIVE_HUMIDITY =
      cf("relative-humidity", "relative_humidity", Unit.PERCENT, 0, 100);
  public static final ObservedProperty AIR_PRESSURE =
      cf("air-pressure", "air_pressure", Unit.HECTOPASCAL, 850, 1_100);
  public static final ObservedProperty DEW_POINT =
      cf("dew-point", "dew_point_temperature", Unit.DEGREE_CELSIUS, -60, 40);
  public static final ObservedProperty WIND_SPEED =
      cf("wind-speed", "wind_speed", Unit.METRE_PER_SECOND, 0, 60);
  public static final ObservedProperty WIND_GUST =
      cf("wind-gust", "wind_speed_of_gust", Unit.METRE_PER_SECOND, 0, 90);

  /** Where the wind comes from, clockwise from north. */
  public static final ObservedProperty WIND_DIRECTION =
      cf("wind-direction", "wind_from_direction", Unit.DEGREE, 0, 360);

  public static final ObservedProperty RAIN_AMOUNT =
      cf("rain-amount", "thickness_of_rainfall_amount", Unit.MILLIMETRE, 0, 500);
  public static final ObservedProperty RAIN_RATE =
      cf("rain-rate", "rainfall_rate", Unit.MILLIMETRE_PER_HOUR, 0, 400);
  public static final ObservedProperty SOLAR_RADIATION =
      cf(
          "solar-radiation",
          "surface_downwelling_shortwave_flux_in_air",
          Unit.WATT_PER_SQUARE_METRE,
          -10,
          1_500);
  public static final ObservedProperty ILLUMINANCE =
      model("illuminance", "Environment/illuminance", Unit.LUX, 0, 200_000);

  // Noise: A-weighted sound pressure levels

  public static final ObservedProperty LAEQ =
      model("LAeq", "Environment/LAeq", Unit.DECIBEL, 15, 140);
  public static final ObservedProperty LAMAX =
      model("LAmax", "Environment/LAmax", Unit.DECIBEL, 15, 150);
  public static final ObservedProperty LAMIN =
      quantity("LAmin", "SoundPressureLevel", Unit.DECIBEL, 10, 140);

  // Water and soil

  /** Height of a water surface above the datum of its Thing; negative below it. */
  public static final ObservedProperty WATER_LEVEL =
      model("water-level", "Environment/waterLevel", Unit.METRE, -20, 400);

  /** Groundwater: below the surface negative, as a water level is. */
  public static final ObservedProperty WATER_TABLE =
      model("water-table", "Environment/waterTable", Unit.METRE, -100, 400);

  public static final ObservedProperty WATER_DISCHARGE =
      model(
          "water-discharge", "Environment/waterDischarge", Unit.CUBIC_METRE_PER_SECOND, -5e3, 2e4);
  public static final ObservedProperty WATER_TEMPERATURE =
      model("water-temperature", "WaterQuality/temperature", Unit.DEGREE_CELSIUS, -2, 45);
  public static final ObservedProperty WATER_CONDUCTIVITY =
      model(
          "water-conductivity",
          "WaterQuality/conductivity",
          Unit.MICROSIEMENS_PER_CENTIMETRE,
          0,
          1e5);
  public static final ObservedProperty WATER_TURBIDITY =
      model("water-turbidity", "WaterQuality/turbidity", Unit.NEPHELOMETRIC, 0, 4_000);
  public static final ObservedProperty WATER_PH =
      model("water-pH", "WaterQuality/pH", Unit.PH, 0, 14);
  public static final ObservedProperty WATER_OXYGEN =
      model("water-oxygen", "WaterQuality/O2", Unit.MILLIGRAM_PER_LITRE, 0, 30);
  public static final ObservedProperty WATER_REDOX =
      model("water-redox", "WaterQuality/orp", Unit.MILLIVOLT, -1_500, 1_500);
  public static final ObservedProperty WATER_NITRATE =
      model("water-nitrate", "WaterQuality/NO3", Unit.MILLIGRAM_PER_LITRE, 0, 1_000);
  public static final ObservedProperty WATER_AMMONIUM =
      model("water-ammonium", "WaterQuality/NH4", Unit.MILLIGRAM_PER_LITRE, 0, 500);

  /** Truth: there is water where there should be none. */
  public static final ObservedProperty FLOOD =
      words("flood", "http://inspire.ec.europa.eu/codelist/NaturalHazardCategoryValue/flood");

  public static final ObservedProperty SOIL_MOISTURE =
      cf("soil-moisture", "volume_fraction_of_condensed_water_in_soil", Unit.PERCENT, 0, 100);
  public static final ObservedProperty SOIL_TEMPERATURE =
      cf("soil-temperature", "soil_temperature", Unit.DEGREE_CELSIUS, -30, 60);

  /** Of grass, for whoever mows it. */
  public static final ObservedProperty VEGETATION_HEIGHT =
      cf("vegetation-height", "canopy_height", Unit.CENTIMETRE, 0, 10_000);

  // Parking

  /** Category: {@code free}, {@code occupied}, {@code closed}, {@code unknown}. */
  public static final ObservedProperty PARKING_SPOT_STATUS =
      words("parking-spot-status", MODELS + "Parking/ParkingSpot");

  public static final ObservedProperty PARKING_OCCUPANCY =
      model("parking-occupancy", "Parking/occupancy", Unit.PERCENT, 0, 120);
  public static final ObservedProperty PARKING_OCCUPIED =
      model("parking-occupied", "Parking/occupiedSpotNumber", Unit.ONE, 0, 1e5);
  public static final ObservedProperty PARKING_FREE =
      model("parking-free", "Parking/availableSpotNumber", Unit.ONE, 0, 1e5);
  public static final ObservedProperty PARKING_ENTRIES =
      model("parking-entries", "Parking/vehicleEntranceCount", Unit.ONE, 0, 1e12);
  public static final ObservedProperty PARKING_EXITS =
      model("parking-exits", "Parking/vehicleExitCount", Unit.ONE, 0, 1e12);

  // Traffic and crowds

  /** Vehicles counted, of the class that the channel names. */
  public static final ObservedProperty VEHICLE_COUNT =
      model("vehicle-count", "Transportation/intensity", Unit.ONE, 0, 1e12);

  public static final ObservedProperty VEHICLE_SPEED =
      model("vehicle-speed", "Transportation/averageVehicleSpeed", Unit.KILOMETRE_PER_HOUR, 0, 250);

  /** Share of the time during which a vehicle was over the detector. */
  public static final ObservedProperty ROAD_OCCUPANCY =
      model("road-occupancy", "Transportation/occupancy", Unit.PERCENT, 0, 100);

  public static final ObservedProperty TRAVEL_TIME =
      quantity("travel-time", "Time", Unit.SECOND, 0, 86_400);
  public static final ObservedProperty PEOPLE_COUNT =
      model("people-count", "Transportation/peopleCount", Unit.ONE, 0, 1e12);
  public static final ObservedProperty BIKES_AVAILABLE =
      model("bikes-available", "Transportation/availableBikeNumber", Unit.ONE, 0, 1e4);

  // Waste, light, energy, charging

  public static final ObservedProperty FILL_LEVEL =
      model("fill-level", "WasteManagement/fillingLevel", Unit.PERCENT, 0, 100);

  /** Category: {@code on}, {@code off}, {@code low}, {@code bootingUp}. */
  public static final ObservedProperty LAMP_STATE =
      words("lamp-state", MODELS + "Streetlighting/powerState");

  /** How far a lamp is dimmed up: 0 is dark. */
  public static final ObservedProperty LAMP_LEVEL =
      model("lamp-level", "Streetlighting/illuminanceLevel", Unit.PERCENT, 0, 100);

  public static final ObservedProperty ENERGY_IMPORT =
      model("energy-import", "Energy/totalActiveEnergyImport", Unit.KILOWATT_HOUR, 0, 1e9);
  public static final ObservedProperty ENERGY_EXPORT =
      model("energy-export", "Energy/totalActiveEnergyExport", Unit.KILOWATT_HOUR, 0, 1e9);

  /** Negative when it flows back: solar roofs, and cars that feed the grid. */
  public static final ObservedProperty ACTIVE_POWER =
      model("active-power", "Energy/activePower", Unit.WATT, -1e7, 1e7);

  public static final ObservedProperty CURRENT =
      model("current", "Energy/current", Unit.AMPERE, -5_000, 5_000);

  /** Category: whether a charge point is in use. */
  public static final ObservedProperty CHARGE_POINT_STATUS =
      words("charge-point-status", MODELS + "Transportation/EVChargingStation");

  public static final ObservedProperty CHARGE_POINTS_FREE =
      model("charge-points-free", "Transportation/availableCapacity", Unit.ONE, 0, 1e4);

  // The sensor itself, and whoever carries it

  /** Of mains, battery or the electrodes of a cell; the channel says which. */
  public static final ObservedProperty VOLTAGE =
      quantity("voltage", "Voltage", Unit.VOLT, -1_000, 1_000);

  /** Along one axis of the sensor, its own offset included; the earth's alone is about 50 uT. */
  public static final ObservedProperty MAGNETIC_FLUX_DENSITY =
      quantity("magnetic-flux-density", "MagneticFluxDensity", Unit.MICROTESLA, -2_000, 2_000);

  /** How sure a detector is of the word that it gives beside this. */
  public static final ObservedProperty DETECTION_CONFIDENCE =
      quantity("detection-confidence", "DimensionlessRatio", Unit.PERCENT, 0, 100);

  public static final ObservedProperty BATTERY_LEVEL =
      model("battery-level", "Device/batteryLevel", Unit.PERCENT, 0, 100);
  public static final ObservedProperty SIGNAL_STRENGTH =
      model("signal-strength", "Device/rssi", Unit.DECIBEL_MILLIWATT, -150, 0);

  /** How far a radio signal stands out of the noise; LoRa is heard down to about -20 dB. */
  public static final ObservedProperty SIGNAL_TO_NOISE =
      add(
          "signal-to-noise",
          "http://asastandards.org/Terms/signal-to-noise-ratio/",
          Unit.DECIBEL,
          -40,
          40);

  /** Number: frames that never arrived before the one with which this is said, since the last. */
  public static final ObservedProperty FRAMES_LOST =
      quantity("frames-lost", "Count", Unit.ONE, 0, 100);

  /** In the sensor's housing: neither the air's nor the water's. */
  public static final ObservedProperty DEVICE_TEMPERATURE =
      quantity("device-temperature", "Temperature", Unit.DEGREE_CELSIUS, -50, 100);

  /** From the sensor to what it looks at: the content of a bin, the ground. */
  public static final ObservedProperty DISTANCE =
      quantity("distance", "Distance", Unit.METRE, 0, 1_000);

  /** Text: what a device sent, where nobody could tell what it means. */
  public static final ObservedProperty UPLINK_PAYLOAD =
      words("uplink-payload", "http://www.w3.org/ns/sosa/hasSimpleResult");

  public static final ObservedProperty HEART_RATE =
      add("heart-rate", "https://loinc.org/8867-4", Unit.PER_MINUTE, 20, 250);

  /** Position: where something was. */
  public static final ObservedProperty POSITION =
      add("position", "http://www.w3.org/2003/01/geo/wgs84_pos#location", Unit.DEGREE, -180, 180);

  /** Text: which sensor and housing measures, in the words of whoever built it. */
  public static final ObservedProperty MEASURING_SETUP =
      words("measuring-setup", "http://www.w3.org/ns/sosa/usedProcedure");

  private Vocabulary() {}

  /** The property with this name, or nothing. */
  public static Optional<ObservedProperty> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All of them, in the order of this file. */
  public static Collection<ObservedProperty> all() {
    return Collections.unmodifiableCollection(BY_NAME.values());
  }

  private static ObservedProperty pollutant(
      String name, int code, Unit unit, double min, double max) {
    return add(name, "http://dd.eionet.europa.eu/vocabulary/aq/pollutant/" + code, unit, min, max);
  }

  private static ObservedProperty cf(
      String name, String standardName, Unit unit, double min, double max) {
    return add(name, "http://vocab.nerc.ac.uk/standard_name/" + standardName + "/", unit, min, max);
  }

  private static ObservedProperty model(
      String name, String modelAndTerm, Unit unit, double min, double max) {
    return add(name, MODELS + modelAndTerm, unit, min, max);
  }

  private static ObservedProperty quantity(
      String name, String quantityKind, Unit unit, double min, double max) {
    return add(name, "http://qudt.org/vocab/quantitykind/" + quantityKind, unit, min, max);
  }

  /** A property whose results are no numbers. */
  private static ObservedProperty words(String name, String definition) {
    return add(name, definition, Unit.ONE, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  private static ObservedProperty add(
      String name, String definition, Unit unit, double min, double max) {
    ObservedProperty property = new ObservedProperty(name, URI.create(definition), unit, min, max);
    if (BY_NAME.put(name, property) != null) {
      throw new IllegalStateException("two properties are called " + name);
    }
    return property;
  }
}
