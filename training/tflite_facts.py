"""Numbers of the .tflite format (FlatBuffers schema, version 3) that the writer and the reader share.

Each class lists the field slots of one table; each constant is an enum value of the schema.
"""
IDENTIFIER = b"TFL3"
SCHEMA_VERSION = 3

FLOAT32, INT32, INT8 = 0, 2, 9
AVERAGE_POOL_2D, CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED, RESHAPE, SOFTMAX = 1, 3, 4, 9, 22, 25
PADDING_SAME, PADDING_VALID = 0, 1
ACTIVATION_NONE, ACTIVATION_RELU = 0, 1
CONV_OPTIONS, DEPTHWISE_OPTIONS, POOL_OPTIONS, DENSE_OPTIONS, SOFTMAX_OPTIONS, RESHAPE_OPTIONS = 1, 2, 5, 8, 9, 17
# The operator version that each operator needs with float and with int8 operands.
VERSIONS = {CONV_2D: (1, 3), DEPTHWISE_CONV_2D: (1, 3), AVERAGE_POOL_2D: (1, 2), FULLY_CONNECTED: (1, 4),
            RESHAPE: (1, 1), SOFTMAX: (1, 2)}


class Model:
    """version, operator codes, subgraphs, description, buffers."""
    VERSION, OPERATOR_CODES, SUBGRAPHS, DESCRIPTION, BUFFERS, SLOTS = 0, 1, 2, 3, 4, 5


class OperatorCode:
    """The builtin code stands twice: as a byte for old readers and as an int."""
    OLD_BUILTIN, CUSTOM, VERSION, BUILTIN, SLOTS = 0, 1, 2, 3, 4


class SubGraph:
    """Tensors, input and output indices, operators in the order they run."""
    TENSORS, INPUTS, OUTPUTS, OPERATORS, NAME, SLOTS = 0, 1, 2, 3, 4, 5


class Tensor:
    """Shape, type, buffer index, name, quantisation."""
    SHAPE, TYPE, BUFFER, NAME, QUANTISATION, SLOTS = 0, 1, 2, 3, 4, 5


class Quantisation:
    """float scales and int64 zero points; the dimension along which they differ."""
    SCALE, ZERO_POINT, DIMENSION, SLOTS = 2, 3, 6, 7


class Operator:
    """Index into the operator codes, tensor indices, options as a union."""
    OPCODE, INPUTS, OUTPUTS, OPTIONS_TYPE, OPTIONS, SLOTS = 0, 1, 2, 3, 4, 5


class Conv2D:
    """Options of CONV_2D."""
    PADDING, STRIDE_WIDTH, STRIDE_HEIGHT, ACTIVATION, DILATION_WIDTH, DILATION_HEIGHT, SLOTS = 0, 1, 2, 3, 4, 5, 6


class Depthwise:
    """Options of DEPTHWISE_CONV_2D."""
    PADDING, STRIDE_WIDTH, STRIDE_HEIGHT, MULTIPLIER, ACTIVATION, DILATION_WIDTH, DILATION_HEIGHT, SLOTS = range(8)


class Pool:
    """Options of AVERAGE_POOL_2D."""
    PADDING, STRIDE_WIDTH, STRIDE_HEIGHT, WIDTH, HEIGHT, ACTIVATION, SLOTS = 0, 1, 2, 3, 4, 5, 6
