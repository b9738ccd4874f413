package city.mycelium.driver.modbus.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTest {

  private static final Profile.Limits ALL = new Profile.Limits(125, 2000, 0);

  @Test
  void neighboursAreReadAtOnce() {
    assertThat(
            Block.merged(
                List.of(
                    at(Table.INPUT, 4, RegisterType.FLOAT32),
                    at(Table.INPUT, 0, RegisterType.FLOAT32),
                    at(Table.INPUT, 2, RegisterType.FLOAT32)),
                ALL))
        .containsExactly(new Block(Table.INPUT, 0, 6));
  }

  @Test
  void aGapIsReadAlongUpToItsLimit() {
    List<Register> registers =
        List.of(at(Table.INPUT, 0, RegisterType.UINT16), at(Table.INPUT, 5, RegisterType.UINT16));

    assertThat(Block.merged(registers, new Profile.Limits(125, 2000, 4)))
        .containsExactly(new Block(Table.INPUT, 0, 6));
    assertThat(Block.merged(registers, new Profile.Limits(125, 2000, 3)))
        .containsExactly(new Block(Table.INPUT, 0, 1), new Block(Table.INPUT, 5, 1));
  }

  @Test
  void tablesAreReadApart() {
    assertThat(
            Block.merged(
                List.of(
                    at(Table.INPUT, 0, RegisterType.UINT16),
                    at(Table.HOLDING, 1, RegisterType.UINT16)),
                ALL))
        .hasSize(2);
  }

  // Application Protocol V1.1b3, 6.3: 125 registers at most. The value at 124 would be cut.
  @Test
  void aFullReadEndsBeforeTheValueThatDoesNotFit() {
    List<Register> registers =
        java.util.stream.IntStream.range(0, 63)
            .mapToObj(i -> at(Table.HOLDING, 2 * i, RegisterType.UINT32))
            .toList();

    assertThat(Block.merged(registers, ALL))
        .containsExactly(new Block(Table.HOLDING, 0, 124), new Block(Table.HOLDING, 124, 2));
  }

  @Test
  void bitsHaveALimitOfTheirOwn() {
    List<Register> bits =
        List.of(at(Table.COIL, 0, RegisterType.BIT), at(Table.COIL, 1999, RegisterType.BIT));

    assertThat(Block.merged(bits, new Profile.Limits(125, 2000, 2000)))
        .containsExactly(new Block(Table.COIL, 0, 2000));
    assertThat(Block.merged(bits, new Profile.Limits(125, 1999, 2000))).hasSize(2);
  }

  @Test
  void aRegisterWithinAnotherReadNeedsNone() {
    assertThat(
            Block.merged(
                List.of(
                    at(Table.INPUT, 0, RegisterType.INT64),
                    at(Table.INPUT, 1, RegisterType.UINT16)),
                ALL))
        .containsExactly(new Block(Table.INPUT, 0, 4));
  }

  private static Register at(Table table, int address, RegisterType type) {
    return new Register(table, address, type, ByteOrder.ABCD, 1);
  }
}
