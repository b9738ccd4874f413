package city.mycelium.dialect.kura.internal;

import static org.assertj.core.api.Assertions.assertThat;

import city.mycelium.api.connector.Message;
import city.mycelium.api.connector.Qos;
import city.mycelium.api.dialect.Dialect;
import city.mycelium.api.dialect.DialectEvent;
import city.mycelium.api.dialect.Link;
import city.mycelium.api.dialect.Names;
import city.mycelium.api.dialect.Turn;
import city.mycelium.api.observation.OffsetRange;
import city.mycelium.api.observation.Result.Position;
import city.mycelium.api.settings.Settings;
import city.mycelium.testkit.dialect.SampleCity;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Payloads read by Google's library from the fields of kurapayload.proto, and what is told where.
 */
class KuraPayloadTest {

  private static final Link LINK = SampleCity.link(Link.Proof.ANSWER);
  private static final String GATEWAY = SampleCity.GATEWAY.value();

  @Test
  void googlesReaderReadsEveryKindOfMetric() throws Exception {
    TreeMap<String, Object> metrics =
        new TreeMap<>(Map.of("a", 23.5, "b", -3L, "c", true, "d", "wit €"));
    byte[] bytes =
        new ProtobufForm()
            .write(new KuraPayload(1_795_435_200_000L, new Position(52.5, 6.25, 3.5), metrics));
    DynamicMessage payload = parse(unzipped(bytes));
    assertThat(get(payload, "timestamp")).isEqualTo(1_795_435_200_000L);
    DynamicMessage position = (DynamicMessage) get(payload, "position");
    assertThat(get(position, "latitude")).isEqualTo(52.5);
    assertThat(get(position, "longitude")).isEqualTo(6.25);
    assertThat(get(position, "altitude")).isEqualTo(3.5);
    List<?> told = (List<?>) get(payload, "metric");
    assertThat(told).hasSize(4);
    assertThat(get((DynamicMessage) told.get(0), "double_value")).isEqualTo(23.5);
    assertThat(get((DynamicMessage) told.get(1), "long_value")).isEqualTo(-3L);
    assertThat(get((DynamicMessage) told.get(2), "bool_value")).isEqualTo(true);
    assertThat(get((DynamicMessage) told.get(3), "string_value")).isEqualTo("wit €");
    // DOUBLE 0, INT64 2, BOOL 4, STRING 5
    assertThat(told)
        .extracting(each -> get((DynamicMessage) each, "type"))
        .containsExactly(0, 2, 4, 5);
  }

  @Test
  void itIsZippedOnlyWhereThatIsShorter() throws Exception {
    ProtobufForm form = new ProtobufForm();
    byte[] little = form.write(new KuraPayload(1, null, new TreeMap<>(Map.of("a", 1L))));
    assertThat(little[0] & 0xff).isNotEqualTo(0x1f);
    KuraPayload much = new KuraPayload(1, null, new TreeMap<>(Map.of("a", "mushroom".repeat(50))));
    byte[] zipped = form.write(much);
    assertThat(zipped).hasSizeLessThan(100);
    byte[] plain = unzipped(zipped);
    assertThat(get(parse(plain), "timestamp")).isEqualTo(1L);
    assertThat(form.read(zipped)).isEqualTo(much);
    assertThat(form.read(plain)).isEqualTo(much);
  }

  @Test
  void jsonIsWrittenAsKurasEncoderDoes() {
    byte[] json =
        new JsonForm()
            .write(
                new KuraPayload(
                    1_795_435_200_000L,
                    new Position(52.5, 6.25, null),
                    new TreeMap<>(Map.of("value", 23.5))));
    assertThat(new String(json, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"sentOn\":1795435200000,\"position\":{\"latitude\":52.5,\"longitude\":6.25},"
                + "\"metrics\":{\"value\":23.5}}");
  }

  @Test
  void aGatewayIsBornSpeaksAndDiesWhereKapuaExpectsIt() throws Exception {
    KuraJsonComponent kind = new KuraJsonComponent();
    Dialect dialect =
        kind.dialect(
            Settings.of("kura-json", kind.options(), Map.of("account", "zwolle")), Names.NONE);
    Turn birth =
        dialect.turn(
            LINK, new byte[0], new DialectEvent.Connected(SampleCity.catalogue(), SampleCity.NOON));
    assertThat(birth.dispatches().get(0).message().channel())
        .isEqualTo("$EDC/zwolle/" + GATEWAY + "/MQTT/BIRTH");
    Message will = dialect.farewell(LINK, new byte[0]).orElseThrow();
    assertThat(will.channel()).isEqualTo("$EDC/zwolle/" + GATEWAY + "/MQTT/LWT");
    assertThat(will.payload()).isEmpty();
    assertThat(will.qos()).isEqualTo(Qos.AT_MOST_ONCE);
    assertThat(will.retained()).isFalse();

    Turn data =
        dialect.turn(
            LINK,
            new byte[0],
            new DialectEvent.Send(
                new OffsetRange(1190, 1210),
                0,
                SampleCity.observations().subList(0, 2),
                SampleCity.NOON));
    assertThat(data.dispatches())
        .extracting(Turn.Dispatch::covers)
        .containsExactly(new OffsetRange(1190, 1201), new OffsetRange(1202, 1210));
    Message first = data.dispatches().get(0).message();
    assertThat(first.channel()).isEqualTo("zwolle/" + GATEWAY + "/mycelium/paddenstoel.123/NO2");
    assertThat(new String(first.payload(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"sentOn\":1795435200000,\"position\":{\"latitude\":52.507,\"longitude\":6.079},"
                + "\"metrics\":{\"epoch\":\"00c0ffee00c0ffee\",\"gateway\":\""
                + GATEWAY
                + "\",\"offset\":1201,\"property\":\"NO2\",\"thing\":\"front-12\","
                + "\"unit\":\"ug/m3\",\"value\":23.5}}");
  }

  /** As Kapua does: by the first two bytes. */
  private static byte[] unzipped(byte[] bytes) throws IOException {
    return (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b
        ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
        : bytes;
  }

  private static Object get(DynamicMessage message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  private static DynamicMessage parse(byte[] bytes) throws Exception {
    Map<String, Type> metric = new TreeMap<>();
    metric.put("1 name", Type.TYPE_STRING);
    metric.put("2 type", Type.TYPE_INT32); // an enum has the same form
    metric.put("3 double_value", Type.TYPE_DOUBLE);
    metric.put("5 long_value", Type.TYPE_INT64);
    metric.put("7 bool_value", Type.TYPE_BOOL);
    metric.put("8 string_value", Type.TYPE_STRING);
    Map<String, Type> position = new HashMap<>();
    position.put("1 latitude", Type.TYPE_DOUBLE);
    position.put("2 longitude", Type.TYPE_DOUBLE);
    position.put("3 altitude", Type.TYPE_DOUBLE);
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("kurapayload.proto")
            .setSyntax("proto2")
            .setPackage("kuradatatypes")
            .addMessageType(of("KuraMetric", metric))
            .addMessageType(of("KuraPosition", position))
            .addMessageType(
                of("KuraPayload", Map.of("1 timestamp", Type.TYPE_INT64)).toBuilder()
                    .addField(field("position", 2, Type.TYPE_MESSAGE).setTypeName("KuraPosition"))
                    .addField(
                        field("metric", 5000, Type.TYPE_MESSAGE)
                            .setTypeName("KuraMetric")
                            .setLabel(Label.LABEL_REPEATED)))
            .build();
    DynamicMessage message =
        DynamicMessage.parseFrom(
            Descriptors.FileDescriptor.buildFrom(file, new Descriptors.FileDescriptor[0])
                .findMessageTypeByName("KuraPayload"),
            bytes);
    assertThat(message.getUnknownFields().asMap()).isEmpty();
    return message;
  }

  private static DescriptorProto of(String name, Map<String, Type> fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    fields.forEach(
        (key, type) -> {
          String[] parts = key.split(" ");
          message.addField(field(parts[1], Integer.parseInt(parts[0]), type));
        });
    return message.build();
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }
}
