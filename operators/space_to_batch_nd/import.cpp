// space_to_batch_nd from TensorFlow Lite's SPACE_TO_BATCH_ND.

#include "operators/import_support.hpp"
#include "operators/space_to_batch_nd/op.hpp"

namespace verge::import {
namespace {

/// Images of four dimensions and blocks of two; no number so large that sums overflow.
Done check_block(const TfliteSite& site,
                 const std::vector<std::int64_t>& block,
                 const std::vector<std::int64_t>& amounts) {
    constexpr std::int64_t kMost = 1 << 15;
    if (site.in(0).dims.size() != 4 || block.size() != 2 || amounts.size() != 4) {
        return unsupported(
            graph::describe(site.in(0)) + " with a block of " + std::to_string(block.size()) +
                " axes",
            "an image [N,H,W,C], a block of rows and columns, and two amounts for each");
    }
    const auto is_small = [](std::int64_t number) { return number >= 0 && number <= kMost; };
    const bool is_sound = std::ranges::all_of(block, is_small) &&
                          std::ranges::all_of(amounts, is_small) && block[0] > 0 && block[1] > 0;
    return is_sound ? done()
                    : Done(bad_input("a block or amount out of range",
                                     "numbers up to 32768, blocks from 1 on"));
}

}  // namespace

Done space_to_batch_nd(TfliteSite& site) {
    using plan::Type;
    VERGE_CHECK(expect_operands(site, 3));
    VERGE_CHECK(expect_like_input(site));
    VERGE_ASSIGN(std::vector<std::int64_t> block, site.integers(1));
    VERGE_ASSIGN(std::vector<std::int64_t> amounts, site.integers(2));
    graph::Dims x = site.in(0).dims;
    VERGE_CHECK(check_block(site, block, amounts));
    SpaceToBatchNd a{};
    a.block_h = static_cast<std::int32_t>(block[0]);
    a.block_w = static_cast<std::int32_t>(block[1]);
    a.pad_top = static_cast<std::int32_t>(amounts[0]);
    a.pad_left = static_cast<std::int32_t>(amounts[2]);
    const bool is_8_bit = site.out().type == Type::u8 || site.out().type == Type::s8;
    a.pad_value = is_8_bit && is_quantised(site.out()) ? zero_point(site.out()) : 0;
    const std::int64_t high = x[1] + amounts[0] + amounts[1];
    const std::int64_t wide = x[2] + amounts[2] + amounts[3];
    if (high % block[0] != 0 || wide % block[1] != 0) {
        return bad_input("a padded image of " + std::to_string(high) + " x " + std::to_string(wide),
                         "a multiple of the block");
    }
    VERGE_CHECK(
        expect_output(site, {x[0] * block[0] * block[1], high / block[0], wide / block[1], x[3]}));
    site.emit(OpId::space_to_batch_nd, {site.input(0)}, {site.output()}, a);
    return done();
}

}  // namespace verge::import
