package city.mycelium.dialect.sparkplug.internal;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Payloads read and written by Google's library, from the field table of Sparkplug 3.0, 6.4.1. */
final class Sparkplug {

  static final Descriptors.Descriptor PAYLOAD = descriptor();

  private Sparkplug() {}

  static DynamicMessage parse(byte[] payload) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(PAYLOAD, payload);
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new AssertionError("unknown fields: " + message.getUnknownFields());
      }
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static Object get(DynamicMessage message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  static boolean has(DynamicMessage message, String field) {
    return message.hasField(message.getDescriptorForType().findFieldByName(field));
  }

  @SuppressWarnings("unchecked") // a repeated field of messages is a list of them
  static List<DynamicMessage> list(DynamicMessage message, String field) {
    return (List<DynamicMessage>) get(message, field);
  }

  /** An NCMD that asks for births. */
  static byte[] rebirth() {
    Descriptors.Descriptor metric = PAYLOAD.findFieldByName("metrics").getMessageType();
    return DynamicMessage.newBuilder(PAYLOAD)
        .setField(PAYLOAD.findFieldByName("timestamp"), 5L)
        .addRepeatedField(
            PAYLOAD.findFieldByName("metrics"),
            DynamicMessage.newBuilder(metric)
                .setField(metric.findFieldByName("name"), "Node Control/Rebirth")
                .setField(metric.findFieldByName("datatype"), 11)
                .setField(metric.findFieldByName("boolean_value"), true)
                .build())
        .build()
        .toByteArray();
  }

  private static Descriptors.Descriptor descriptor() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("sparkplug_b.proto")
            .setSyntax("proto2")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Payload")
                    .addField(field("timestamp", 1, Type.TYPE_UINT64))
                    .addField(message("metrics", 2, "Metric", true))
                    .addField(field("seq", 3, Type.TYPE_UINT64))
                    .addField(field("uuid", 4, Type.TYPE_STRING))
                    .addField(field("body", 5, Type.TYPE_BYTES)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Metric")
                    .addField(field("name", 1, Type.TYPE_STRING))
                    .addField(field("alias", 2, Type.TYPE_UINT64))
                    .addField(field("timestamp", 3, Type.TYPE_UINT64))
                    .addField(field("datatype", 4, Type.TYPE_UINT32))
                    .addField(field("is_historical", 5, Type.TYPE_BOOL))
                    .addField(field("is_transient", 6, Type.TYPE_BOOL))
                    .addField(field("is_null", 7, Type.TYPE_BOOL))
                    .addField(message("properties", 9, "PropertySet", false))
                    .addField(field("int_value", 10, Type.TYPE_UINT32))
                    .addField(field("long_value", 11, Type.TYPE_UINT64))
                    .addField(field("float_value", 12, Type.TYPE_FLOAT))
                    .addField(field("double_value", 13, Type.TYPE_DOUBLE))
                    .addField(field("boolean_value", 14, Type.TYPE_BOOL))
                    .addField(field("string_value", 15, Type.TYPE_STRING)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("PropertySet")
                    .addField(field("keys", 1, Type.TYPE_STRING).setLabel(Label.LABEL_REPEATED))
                    .addField(message("values", 2, "PropertyValue", true)))
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("PropertyValue")
                    .addField(field("type", 1, Type.TYPE_UINT32))
                    .addField(field("is_null", 2, Type.TYPE_BOOL))
                    .addField(field("int_value", 3, Type.TYPE_UINT32))
                    .addField(field("long_value", 4, Type.TYPE_UINT64))
                    .addField(field("float_value", 5, Type.TYPE_FLOAT))
                    .addField(field("double_value", 6, Type.TYPE_DOUBLE))
                    .addField(field("boolean_value", 7, Type.TYPE_BOOL))
                    .addField(field("string_value", 8, Type.TYPE_STRING)))
            .build();
    try {
      return Descriptors.FileDescriptor.buildFrom(file, new Descriptors.FileDescriptor[0])
          .findMessageTypeByName("Payload");
    } catch (Descriptors.DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder message(
      String name, int number, String type, boolean repeated) {
    return field(name, number, Type.TYPE_MESSAGE)
        .setTypeName(type)
        .setLabel(repeated ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
  }
}
