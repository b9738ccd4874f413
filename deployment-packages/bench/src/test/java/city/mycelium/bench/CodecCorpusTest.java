package city.mycelium.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecCorpusTest {

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CodecCorpus.Share compare() throws IOException, InterruptedException {
    Optional<CodecCorpus.Share> share = new CodecCorpus(folder).compare();
    assumeTrue(share.isPresent(), "node.js is not installed");
    return share.orElseThrow();
  }

  @Test
  void bothLayoutsAreRead() throws Exception {
    write(
        "a/simple.js",
        "const f = (i) => ({data: {sum: i.bytes[0] + i.bytes[1], port: i.fPort,"
            + " day: i.recvTime.getDate()}}); var decodeUplink = f;");
    write(
        "a/simple.examples.json",
        "[{\"fPort\":2,\"bytes\":\"01ff\",\"recvTime\":\"2026-11-20T23:30:00Z\"}]");
    write(
        "b/old.js", "function Decoder(bytes, port) { return {n: bytes.length, first: bytes[0]}; }");
    write(
        "b/old-codec.yaml",
        """
        # a comment
        uplinkDecoder:
          fileName: old.js
          examples:
            - description: one
              input:
                fPort: 3
                bytes: [0x01, 08, 255]
              output:
                data:
                  n: 3
            - description: two
              input:
                fPort: 3
                bytes:
                  [
                    0x0A,
                    2,
                  ]
              output:
                data: {}
            - description: three
              input:
                fPort: 3
                bytes:
                  - 0x01
                  - 2
        downlinkEncoder:
          fileName: other.js
          examples:
            - input:
                bytes: [1]
        """);

    CodecCorpus.Share share = compare();

    assertThat(share).isEqualTo(new CodecCorpus.Share(2, 4, 4, 4, share.differences()));
    assertThat(share.differences()).isEmpty();
  }

  /** What node.js does not decode is no fault of ours; what only it decodes is. */
  @Test
  void onlyWhatNodeDecodesCounts() throws Exception {
    write("refused.js", "function decodeUplink(i) { return {errors: ['no']}; }");
    write("refused.examples.json", "[{\"fPort\":1,\"bytes\":\"00\"}]");
    write("class.js", "class A {} function decodeUplink(i) { return {data: {x: 1}}; }");
    write("class.examples.json", "[{\"fPort\":1,\"bytes\":\"00\"}]");

    CodecCorpus.Share share = compare();

    assertThat(share.examples()).isEqualTo(2);
    assertThat(share.byNode()).isEqualTo(1);
    assertThat(share.same()).isZero();
    assertThat(share.differences()).singleElement().asString().startsWith("class.js 00:");
  }
}
