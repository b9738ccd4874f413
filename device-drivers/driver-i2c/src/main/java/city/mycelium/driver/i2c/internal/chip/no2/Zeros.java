package city.mycelium.driver.i2c.internal.chip.no2;

/**
 * What a cell and its board say in clean air, in mV, as printed on the sheet that comes with them.
 *
 * @param workingBoard electronic zero of the board for the working electrode (WEe)
 * @param auxiliaryBoard the same for the auxiliary electrode (AEe)
 * @param workingCell zero of the cell's working electrode without the board's (WEo)
 * @param auxiliaryCell the same of the auxiliary electrode (AEo)
 */
record Zeros(
    double workingBoard, double auxiliaryBoard, double workingCell, double auxiliaryCell) {}
