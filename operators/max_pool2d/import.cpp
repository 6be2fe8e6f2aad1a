// max_pool2d from TensorFlow Lite's MAX_POOL_2D.

#include "operators/average_pool2d/import.hpp"

namespace verge::import {

Done max_pool2d(TfliteSite& site) {
    VERGE_ASSIGN(const Pool2D a, pool2d_attributes(site));
    site.emit(OpId::max_pool2d, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
