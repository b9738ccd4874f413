package city.mycelium.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSourceTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE})
  void numbersComeBack(long number) throws Exception {
    ByteSink sink = new ByteSink(1);
    sink.varint(number);
    sink.signed(number);
    sink.fixed64(number);
    ByteSource source = new ByteSource(sink.toByteArray());

    assertThat(source.varint()).isEqualTo(number);
    assertThat(source.signed()).isEqualTo(number);
    assertThat(source.fixed64()).isEqualTo(number);
    assertThat(source.remaining()).isZero();
  }

  @Test
  void smallNumbersOfEitherSignTakeOneByte() {
    ByteSink sink = new ByteSink(1);
    sink.signed(-64);
    sink.signed(63);
    assertThat(sink.size()).isEqualTo(2);

    sink.signed(64);
    assertThat(sink.size()).isEqualTo(4);
  }

  @Test
  void aNumberOfMoreThan64BitsIsRefused() throws Exception {
    byte[] ten = new byte[10];
    Arrays.fill(ten, (byte) 0xFF);
    ten[9] = 1;
    assertThat(new ByteSource(ten).varint()).isEqualTo(-1);

    ten[9] = 2;
    assertThatThrownBy(() -> new ByteSource(ten).varint())
        .isInstanceOf(DamagedBlockException.class);
  }

  @Test
  void aSectionCannotReachBeyondWhatIsThere() throws Exception {
    assertThat(new ByteSource(new byte[] {2, 7, 8}).section().remaining()).isEqualTo(2);
    assertThatThrownBy(() -> new ByteSource(new byte[] {3, 7, 8}).section())
        .isInstanceOf(DamagedBlockException.class);
    assertThatThrownBy(() -> new ByteSource(new byte[] {4, 7, 8}).section())
        .isInstanceOf(DamagedBlockException.class);
  }
}
