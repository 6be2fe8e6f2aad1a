"""Writes a network as a .tflite file, float or int8, with nothing but the `flatbuffers` package.

The operators are CONV_2D, DEPTHWISE_CONV_2D, AVERAGE_POOL_2D, RESHAPE, FULLY_CONNECTED and SOFTMAX, one input, one
output, batch 1. `to_graph` lists tensors and operators as plain data; `serialise` turns that list into bytes.
"""
import pathlib
from dataclasses import dataclass, field

import flatbuffers
import numpy as np

from training import network as net
from training import quantise
from training import tflite_facts as facts

TYPES = {np.dtype(np.float32): facts.FLOAT32, np.dtype(np.int32): facts.INT32, np.dtype(np.int8): facts.INT8}
OPERATORS = {net.CONV: facts.CONV_2D, net.DEPTHWISE: facts.DEPTHWISE_CONV_2D, net.POOL: facts.AVERAGE_POOL_2D,
             net.DENSE: facts.FULLY_CONNECTED}


@dataclass
class Tensor:
    """`data` is None for what is computed; `dimension` is where the scales of the weights differ."""
    name: str
    shape: tuple[int, ...]
    type: int
    data: np.ndarray | None = None
    scale: quantise.Scale | None = None
    dimension: int = 0


@dataclass
class Operator:
    """A builtin operator; `options` holds (slot, width, value) of its option table."""
    code: int
    inputs: list[int]
    output: int
    options_type: int
    options: list[tuple[int, str, float]]


@dataclass
class Graph:
    """What the file will say; tensor 0 is the input, the last operator gives the output."""
    tensors: list[Tensor] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)

    def add(self, tensor: Tensor) -> int:
        """Appends a tensor, gives its index."""
        self.tensors.append(tensor)
        return len(self.tensors) - 1


def conv_options(layer: net.Layer) -> tuple[int, list]:
    """CONV_2D: SAME padding, strides, activation."""
    slots = facts.Conv2D
    return facts.CONV_OPTIONS, [
        (slots.PADDING, "Int8", facts.PADDING_SAME),
        (slots.STRIDE_WIDTH, "Int32", layer.stride[1]), (slots.STRIDE_HEIGHT, "Int32", layer.stride[0]),
        (slots.ACTIVATION, "Int8", facts.ACTIVATION_RELU if layer.relu else facts.ACTIVATION_NONE),
        (slots.DILATION_WIDTH, "Int32", 1), (slots.DILATION_HEIGHT, "Int32", 1)]


def depthwise_options(layer: net.Layer) -> tuple[int, list]:
    """DEPTHWISE_CONV_2D: as CONV_2D, with one filter per channel."""
    slots = facts.Depthwise
    return facts.DEPTHWISE_OPTIONS, [
        (slots.PADDING, "Int8", facts.PADDING_SAME),
        (slots.STRIDE_WIDTH, "Int32", layer.stride[1]), (slots.STRIDE_HEIGHT, "Int32", layer.stride[0]),
        (slots.MULTIPLIER, "Int32", 1),
        (slots.ACTIVATION, "Int8", facts.ACTIVATION_RELU if layer.relu else facts.ACTIVATION_NONE),
        (slots.DILATION_WIDTH, "Int32", 1), (slots.DILATION_HEIGHT, "Int32", 1)]


def pool_options(shape: tuple[int, ...]) -> tuple[int, list]:
    """AVERAGE_POOL_2D over the whole of [1, height, width, channels]."""
    slots = facts.Pool
    return facts.POOL_OPTIONS, [
        (slots.PADDING, "Int8", facts.PADDING_VALID),
        (slots.STRIDE_WIDTH, "Int32", shape[2]), (slots.STRIDE_HEIGHT, "Int32", shape[1]),
        (slots.WIDTH, "Int32", shape[2]), (slots.HEIGHT, "Int32", shape[1]),
        (slots.ACTIVATION, "Int8", facts.ACTIVATION_NONE)]


def output_shape(layer: net.Layer, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Shape after a layer of an input [1, height, width, channels] or [1, features]."""
    if layer.kind == net.DENSE:
        return (1, layer.weights.shape[0])
    if layer.kind == net.POOL:
        return (1, 1, 1, shape[3])
    channels = layer.weights.shape[0] if layer.kind == net.CONV else shape[3]
    return (1, -(-shape[1] // layer.stride[0]), -(-shape[2] // layer.stride[1]), channels)


def add_constants(graph: Graph, name: str, layer: net.Layer, weights: quantise.Scale | None,
                  bias: quantise.Scale | None) -> list[int]:
    """Weight and bias tensors of a layer; without scales they are float."""
    dimension = 3 if layer.kind == net.DEPTHWISE else 0
    kind, sums = (np.int8, np.int32) if weights else (np.float32, np.float32)
    return [graph.add(Tensor(f"{name}/weights", layer.weights.shape, TYPES[np.dtype(kind)],
                             layer.weights.astype(kind), weights, dimension)),
            graph.add(Tensor(f"{name}/bias", layer.bias.shape, TYPES[np.dtype(sums)], layer.bias.astype(sums), bias))]


def add_flatten(graph: Graph, source: int) -> int:
    """RESHAPE of [1, 1, 1, channels] to [1, channels]."""
    before = graph.tensors[source]
    shape = (1, before.shape[-1])
    wanted = graph.add(Tensor("flatten/shape", (2,), facts.INT32, np.array(shape, np.int32)))
    flat = graph.add(Tensor("flatten", shape, before.type, None, before.scale))
    graph.operators.append(Operator(facts.RESHAPE, [source, wanted], flat, 0, []))
    return flat


def add_layer(graph: Graph, source: int, number: int, layer: net.Layer, step: quantise.Quantised | None) -> int:
    """Appends one layer with its constants; gives the index of its output."""
    before = graph.tensors[source]
    if layer.kind == net.DENSE and len(before.shape) == 4:
        source = add_flatten(graph, source)
    name, inputs = f"{number}_{layer.kind}", [source]
    if layer.weights is not None:
        bias = quantise.Scale(np.float32(before.scale.scale) * step.weights.scale) if step else None
        inputs += add_constants(graph, name, layer, step.weights if step else None, bias)
    scale = step.output if step else None
    output = graph.add(Tensor(name, output_shape(layer, before.shape), before.type, None, scale))
    options = {net.CONV: conv_options, net.DEPTHWISE: depthwise_options, net.DENSE: lambda _: (facts.DENSE_OPTIONS, []),
               net.POOL: lambda _: pool_options(before.shape)}[layer.kind](layer)
    graph.operators.append(Operator(OPERATORS[layer.kind], inputs, output, *options))
    return output


def to_graph(network: net.Network | quantise.QuantisedNetwork) -> Graph:
    """The chain as tensors and operators, with the softmax at its end."""
    integer = isinstance(network, quantise.QuantisedNetwork)
    kind = facts.INT8 if integer else facts.FLOAT32
    graph = Graph()
    last = graph.add(Tensor("features", (1, *network.input_shape), kind, None, network.input if integer else None))
    for number, item in enumerate(network.steps if integer else network.layers):
        last = add_layer(graph, last, number, item.layer if integer else item, item if integer else None)
    output = graph.add(Tensor("posteriors", graph.tensors[last].shape, kind, None,
                              quantise.SOFTMAX_OUTPUT if integer else None))
    graph.operators.append(Operator(facts.SOFTMAX, [last], output, facts.SOFTMAX_OPTIONS, [(0, "Float32", 1.0)]))
    return graph


def offset_vector(builder: flatbuffers.Builder, offsets: list[int]) -> int:
    """A vector of tables."""
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return builder.EndVector()


def array(builder: flatbuffers.Builder, values, kind) -> int:
    """A vector of numbers."""
    return builder.CreateNumpyVector(np.atleast_1d(np.asarray(values, dtype=kind)))


def write_buffer(builder: flatbuffers.Builder, data: np.ndarray | None) -> int:
    """A buffer table; its bytes are aligned to 16 as the schema asks."""
    vector = None
    if data is not None:
        octets = data.tobytes()
        builder.StartVector(1, len(octets), 16)
        builder.head = builder.Head() - len(octets)
        builder.Bytes[builder.Head():builder.Head() + len(octets)] = octets
        vector = builder.EndVector()
    builder.StartObject(1)
    if vector is not None:
        builder.PrependUOffsetTRelativeSlot(0, vector, 0)
    return builder.EndObject()


def write_scale(builder: flatbuffers.Builder, tensor: Tensor) -> int:
    """The quantisation table of a tensor."""
    scales = np.atleast_1d(tensor.scale.scale)
    scale = array(builder, scales, np.float32)
    zero = array(builder, np.full(len(scales), tensor.scale.zero_point), np.int64)
    builder.StartObject(facts.Quantisation.SLOTS)
    builder.PrependUOffsetTRelativeSlot(facts.Quantisation.SCALE, scale, 0)
    builder.PrependUOffsetTRelativeSlot(facts.Quantisation.ZERO_POINT, zero, 0)
    builder.PrependInt32Slot(facts.Quantisation.DIMENSION, tensor.dimension if len(scales) > 1 else 0, 0)
    return builder.EndObject()


def write_tensor(builder: flatbuffers.Builder, tensor: Tensor, buffer: int) -> int:
    """A tensor table that points at a buffer by index."""
    shape, name = array(builder, tensor.shape, np.int32), builder.CreateString(tensor.name)
    scale = write_scale(builder, tensor) if tensor.scale else None
    builder.StartObject(facts.Tensor.SLOTS)
    builder.PrependUOffsetTRelativeSlot(facts.Tensor.SHAPE, shape, 0)
    builder.PrependInt8Slot(facts.Tensor.TYPE, tensor.type, 0)
    builder.PrependUint32Slot(facts.Tensor.BUFFER, buffer, 0)
    builder.PrependUOffsetTRelativeSlot(facts.Tensor.NAME, name, 0)
    if scale is not None:
        builder.PrependUOffsetTRelativeSlot(facts.Tensor.QUANTISATION, scale, 0)
    return builder.EndObject()


def write_operator(builder: flatbuffers.Builder, operator: Operator, opcode: int) -> int:
    """An operator table with its options."""
    inputs, outputs = array(builder, operator.inputs, np.int32), array(builder, [operator.output], np.int32)
    options = None
    if operator.options_type:
        builder.StartObject(facts.Depthwise.SLOTS)
        for slot, width, value in operator.options:
            getattr(builder, f"Prepend{width}Slot")(slot, value, 0)
        options = builder.EndObject()
    builder.StartObject(facts.Operator.SLOTS)
    builder.PrependUint32Slot(facts.Operator.OPCODE, opcode, 0)
    builder.PrependUOffsetTRelativeSlot(facts.Operator.INPUTS, inputs, 0)
    builder.PrependUOffsetTRelativeSlot(facts.Operator.OUTPUTS, outputs, 0)
    if options is not None:
        builder.PrependUint8Slot(facts.Operator.OPTIONS_TYPE, operator.options_type, 0)
        builder.PrependUOffsetTRelativeSlot(facts.Operator.OPTIONS, options, 0)
    return builder.EndObject()


def write_code(builder: flatbuffers.Builder, code: int, integer: bool) -> int:
    """An operator code table."""
    builder.StartObject(facts.OperatorCode.SLOTS)
    builder.PrependInt8Slot(facts.OperatorCode.OLD_BUILTIN, code, 0)
    builder.PrependInt32Slot(facts.OperatorCode.VERSION, facts.VERSIONS[code][integer], 1)
    builder.PrependInt32Slot(facts.OperatorCode.BUILTIN, code, 0)
    return builder.EndObject()


def write_subgraph(builder: flatbuffers.Builder, graph: Graph, codes: list[int]) -> int:
    """The one subgraph; buffer 0 is the empty one, constants count from 1."""
    constants = [i for i, tensor in enumerate(graph.tensors) if tensor.data is not None]
    buffer_of = {index: number + 1 for number, index in enumerate(constants)}
    tensors = offset_vector(builder, [write_tensor(builder, t, buffer_of.get(i, 0))
                                      for i, t in enumerate(graph.tensors)])
    operators = offset_vector(builder, [write_operator(builder, o, codes.index(o.code)) for o in graph.operators])
    inputs, outputs = array(builder, [0], np.int32), array(builder, [graph.operators[-1].output], np.int32)
    name = builder.CreateString("main")
    builder.StartObject(facts.SubGraph.SLOTS)
    for slot, offset in ((facts.SubGraph.TENSORS, tensors), (facts.SubGraph.INPUTS, inputs),
                         (facts.SubGraph.OUTPUTS, outputs), (facts.SubGraph.OPERATORS, operators),
                         (facts.SubGraph.NAME, name)):
        builder.PrependUOffsetTRelativeSlot(slot, offset, 0)
    return builder.EndObject()


def serialise(graph: Graph, description: str) -> bytes:
    """The whole file."""
    builder = flatbuffers.Builder(1 << 16)
    integer = graph.tensors[0].type == facts.INT8
    codes = sorted({operator.code for operator in graph.operators})
    buffers = offset_vector(builder, [write_buffer(builder, data) for data in
                                      [None] + [t.data for t in graph.tensors if t.data is not None]])
    subgraphs = offset_vector(builder, [write_subgraph(builder, graph, codes)])
    operator_codes = offset_vector(builder, [write_code(builder, code, integer) for code in codes])
    text = builder.CreateString(description)
    builder.StartObject(facts.Model.SLOTS)
    builder.PrependUint32Slot(facts.Model.VERSION, facts.SCHEMA_VERSION, 0)
    for slot, offset in ((facts.Model.OPERATOR_CODES, operator_codes), (facts.Model.SUBGRAPHS, subgraphs),
                         (facts.Model.DESCRIPTION, text), (facts.Model.BUFFERS, buffers)):
        builder.PrependUOffsetTRelativeSlot(slot, offset, 0)
    builder.Finish(builder.EndObject(), file_identifier=facts.IDENTIFIER)
    return bytes(builder.Output())


def write(network: net.Network | quantise.QuantisedNetwork, path: pathlib.Path, description: str) -> int:
    """Writes the file, gives its size in bytes."""
    data = serialise(to_graph(network), description)
    path.write_bytes(data)
    return len(data)
