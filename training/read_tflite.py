"""Reads back what export_tflite.py writes, so that an evaluation runs the file that ships and not its ancestor.

It knows only chains of the operators that the exporter writes and says which one it does not know.
"""
import pathlib

import flatbuffers
import numpy as np
from flatbuffers import number_types as types
from flatbuffers.table import Table

from training import network as net
from training import quantise
from training import tflite_facts as facts

KINDS = {facts.CONV_2D: net.CONV, facts.DEPTHWISE_CONV_2D: net.DEPTHWISE, facts.AVERAGE_POOL_2D: net.POOL,
         facts.FULLY_CONNECTED: net.DENSE}
NUMBERS = {facts.FLOAT32: np.float32, facts.INT32: np.int32, facts.INT8: np.int8}


class View:
    """A table at a position, with its fields by slot."""

    def __init__(self, data: bytes, position: int):
        self._table = Table(data, position)

    def _at(self, slot: int) -> int:
        return self._table.Offset(4 + 2 * slot)

    def number(self, slot: int, flags=types.Int32Flags, default=0):
        """A scalar field."""
        at = self._at(slot)
        return self._table.Get(flags, self._table.Pos + at) if at else default

    def table(self, slot: int) -> "View | None":
        """A table field."""
        at = self._at(slot)
        return View(self._table.Bytes, self._table.Indirect(self._table.Pos + at)) if at else None

    def tables(self, slot: int) -> list["View"]:
        """A vector of tables."""
        at = self._at(slot)
        if not at:
            return []
        start = self._table.Vector(at)
        return [View(self._table.Bytes, self._table.Indirect(start + 4 * i)) for i in range(self._table.VectorLen(at))]

    def array(self, slot: int, kind) -> np.ndarray | None:
        """A vector of numbers."""
        at = self._at(slot)
        if not at:
            return None
        return np.frombuffer(self._table.Bytes, kind, self._table.VectorLen(at), self._table.Vector(at))


class File:
    """The one subgraph of a .tflite file."""

    def __init__(self, data: bytes):
        if data[4:8] != facts.IDENTIFIER:
            raise ValueError(f"the file says {data[4:8]!r} where a .tflite file says {facts.IDENTIFIER!r}")
        model = View(data, flatbuffers.encode.Get(types.UOffsetTFlags.packer_type, data, 0))
        self.codes = [code.number(facts.OperatorCode.BUILTIN) for code in model.tables(facts.Model.OPERATOR_CODES)]
        self.buffers = [buffer.array(0, np.uint8) for buffer in model.tables(facts.Model.BUFFERS)]
        graph = model.tables(facts.Model.SUBGRAPHS)[0]
        self.tensors = graph.tables(facts.SubGraph.TENSORS)
        self.operators = graph.tables(facts.SubGraph.OPERATORS)
        self.input = self.tensors[graph.array(facts.SubGraph.INPUTS, np.int32)[0]]

    def constant(self, index: int) -> np.ndarray:
        """The values of a constant tensor in its shape."""
        tensor = self.tensors[index]
        data = self.buffers[tensor.number(facts.Tensor.BUFFER)]
        kind = NUMBERS[tensor.number(facts.Tensor.TYPE, types.Int8Flags)]
        return data.view(kind).reshape(tensor.array(facts.Tensor.SHAPE, np.int32))

    def scale(self, tensor: View) -> quantise.Scale | None:
        """What the integers of a tensor mean; None for float."""
        table = tensor.table(facts.Tensor.QUANTISATION)
        if table is None:
            return None
        scales = table.array(facts.Quantisation.SCALE, np.float32)
        zero_point = int(table.array(facts.Quantisation.ZERO_POINT, np.int64)[0])
        return quantise.Scale(scales if len(scales) > 1 else scales[0], zero_point)


def read_layer(file: File, operator: View, code: int) -> net.Layer:
    """One operator with its weights."""
    layer = net.Layer(KINDS[code])
    inputs = operator.array(facts.Operator.INPUTS, np.int32)
    if len(inputs) == 3:
        layer.weights, layer.bias = file.constant(inputs[1]), file.constant(inputs[2])
    if code in (facts.CONV_2D, facts.DEPTHWISE_CONV_2D):
        slots = facts.Conv2D if code == facts.CONV_2D else facts.Depthwise
        options = operator.table(facts.Operator.OPTIONS)
        layer.stride = (options.number(slots.STRIDE_HEIGHT), options.number(slots.STRIDE_WIDTH))
        layer.relu = options.number(slots.ACTIVATION, types.Int8Flags) == facts.ACTIVATION_RELU
    return layer


def read_step(file: File, operator: View, layer: net.Layer) -> quantise.Quantised:
    """The same with the scales of an integer file."""
    inputs = operator.array(facts.Operator.INPUTS, np.int32)
    output = file.tensors[operator.array(facts.Operator.OUTPUTS, np.int32)[0]]
    weights = file.scale(file.tensors[inputs[1]]) if layer.weights is not None else None
    if weights is not None:
        weights.scale = np.atleast_1d(weights.scale)
    return quantise.Quantised(layer, weights, file.scale(output))


def read(path: pathlib.Path) -> net.Network | quantise.QuantisedNetwork:
    """The network of a file; its integer form when the input is int8."""
    file = File(path.read_bytes())
    shape = tuple(int(size) for size in file.input.array(facts.Tensor.SHAPE, np.int32)[1:])
    source, layers, steps = file.scale(file.input), [], []
    for operator in file.operators:
        code = file.codes[operator.number(facts.Operator.OPCODE, types.Uint32Flags)]
        if code in (facts.RESHAPE, facts.SOFTMAX):
            continue
        if code not in KINDS:
            raise ValueError(f"operator {code} is not one that export_tflite.py writes")
        layers.append(read_layer(file, operator, code))
        if source is not None:
            steps.append(read_step(file, operator, layers[-1]))
    return net.Network(shape, layers) if source is None else quantise.QuantisedNetwork(shape, source, steps)
