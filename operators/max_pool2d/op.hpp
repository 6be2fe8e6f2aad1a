#pragma once
// max_pool2d: the greatest element of a window that slides over rows and columns, channel by
// channel. Its attributes are those of average_pool2d.

#include "operators/average_pool2d/op.hpp"
