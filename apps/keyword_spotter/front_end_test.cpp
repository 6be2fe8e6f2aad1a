// How a model's plan, its front end and its settings are brought together.

#include "apps/keyword_spotter/front_end.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <memory>

#include <gtest/gtest.h>

#include "apps/keyword_spotter/posteriors.hpp"
#include "plan/draft.hpp"

namespace verge::spotter {
namespace {

struct Shape {
    plan::Type input = plan::Type::s8;
    std::uint32_t frames = 49;
    std::uint32_t features = 40;
    plan::Type output = plan::Type::s8;
    float scale = 1.0F / 256;
    std::int32_t zero_point = -128;
    std::uint32_t classes = 4;
    std::uint32_t state_bytes = 0;
};

std::uint16_t add_matrix(plan::Draft& draft,
                         plan::Type type,
                         std::uint32_t rows,
                         std::uint32_t columns) {
    const std::array<std::uint32_t, 2> dims{rows, columns};
    return draft.add_tensor(plan::dense_tensor(type, dims));
}

/// A plan of ports alone.
plan::Draft draft_of(const Shape& shape) {
    plan::Draft draft;
    draft.memory.alignment = 16;
    draft.memory.arena_bytes[0] = 65536;
    draft.memory.state_bytes = shape.state_bytes;
    draft.add_port(add_matrix(draft, shape.input, shape.frames, shape.features), false, "x",
                   0.5847F, 83);
    draft.add_port(add_matrix(draft, shape.output, 1, shape.classes), true, "y", shape.scale,
                   shape.zero_point);
    return draft;
}

Model model_of(std::string_view front_end = "microfrontend") {
    Model model{.path = "m.tflite", .labels = {}, .settings = {}, .plan = {}};
    model.settings.stride_frames = 0;
    model.front_end = signal::find_feature_source(front_end);
    return model;
}

Outcome<Model> fit(const Shape& shape, Model model = model_of()) {
    const plan::Draft draft = draft_of(shape);
    return fit_model(std::move(model), draft.view());
}

TEST(FitModel, FindsFramesClassesNamesAndAStrideOf40Milliseconds) {
    const Model model = fit({}).value();
    EXPECT_EQ(model.window_frames, 49U);
    EXPECT_EQ(model.settings.stride_frames, 2U);
    EXPECT_EQ(model.settings.smoothing.classes, 4);
    EXPECT_EQ(model.labels.back(), "class 3");
    EXPECT_EQ(model.settings.scale.multiplier, signal::kMicroScale.multiplier);
    EXPECT_EQ(fit({}, model_of("microfrontend-10ms")).value().settings.stride_frames, 4U);
    EXPECT_EQ(fit({.frames = 30}, model_of("log-mel")).value().settings.stride_frames, 1U);
}

TEST(FitModel, GivesAModelWithAStateEachFrameOnce) {
    const Model model =
        fit({.frames = 3, .state_bytes = 640}, model_of("microfrontend-10ms")).value();
    EXPECT_EQ(model.settings.stride_frames, 3U);
}

TEST(FitModel, LeavesAStrideThatTheSettingsGive) {
    Model model = model_of();
    model.settings.stride_frames = 5;
    EXPECT_EQ(fit({}, std::move(model)).value().settings.stride_frames, 5U);
}

TEST(FitModel, TakesTheScaleOfTheInputForFrontEndsWithoutOneOfTheirOwn) {
    const Model model = fit({.features = 10}, model_of("mfcc")).value();
    EXPECT_EQ(model.settings.scale.zero_point, 83);
    EXPECT_EQ(signal::quantise(256, model.settings.scale), 83 + 2);     // 1 / 0.5847 = 1.71
    EXPECT_EQ(signal::quantise(-2560, model.settings.scale), 83 - 17);  // -17.10
}

TEST(FitModel, TakesProbabilitiesOfThreeTypes) {
    EXPECT_TRUE(fit({.output = plan::Type::u8, .zero_point = 0, .classes = 1}).ok());
    EXPECT_TRUE(fit({.output = plan::Type::f32, .scale = 0, .zero_point = 0}).ok());
}

TEST(FitModel, RefusesWhatDoesNotFitAndSaysWhere) {
    Model named = model_of();
    named.labels = {"yes", "no"};
    const Outcome<Model> refused[] = {
        fit({.features = 41}),
        fit({.input = plan::Type::u8}),
        fit({.frames = kMaxFrames + 1}),
        fit({.scale = 1.0F / 128}),
        fit({.zero_point = 0}),
        fit({.output = plan::Type::s32}),
        fit({.classes = signal::kMaxClasses + 1}),
        fit({}, named),
    };
    for (const Outcome<Model>& outcome : refused) {
        ASSERT_FALSE(outcome.ok()) << &outcome - refused;
        EXPECT_EQ(outcome.error().where, "m.tflite") << &outcome - refused;
        EXPECT_FALSE(outcome.error().wanted.empty());
    }
    EXPECT_NE(refused[0].error().remedy.find("log-mel"), std::string::npos);
}

TEST(PlanNotes, AreTheFrontEndAndTheLabels) {
    plan::Draft draft = draft_of({});
    EXPECT_TRUE(notes_of(draft.view()).front_end.empty());
    EXPECT_TRUE(notes_of(draft.view()).labels.empty());
    draft.metadata = {{"front_end", "mfcc"}, {"labels", "tea,green tea"}, {"more", "x"}};
    const std::vector<std::byte> bytes = draft.bytes();
    std::vector<std::uint64_t> aligned(bytes.size() / 8 + 16);
    void* at = aligned.data();
    std::size_t room = aligned.size() * 8;
    at = std::align(plan::kPlanAlignment, bytes.size(), at, room);
    std::ranges::copy(bytes, static_cast<std::byte*>(at));
    const auto view = plan::View::open({static_cast<const std::byte*>(at), bytes.size()});
    ASSERT_TRUE(view.ok());
    const PlanNotes notes = notes_of(view.value());
    EXPECT_EQ(notes.front_end, "mfcc");
    EXPECT_EQ(notes.labels, (std::vector<std::string>{"tea", "green tea"}));
}

TEST(QuietLabels, AreThoseThatNameNoWord) {
    EXPECT_EQ(quiet_labels({"silence", "unknown", "yes", "no"}), 0b0011);
    EXPECT_EQ(quiet_labels({"marvin", "silence", "_unknown_"}), 0b0110);
    EXPECT_EQ(quiet_labels({"tea"}), 0);
}

TEST(Posteriors, OfAnyTypeAreStepsOf256) {
    EXPECT_TRUE(is_posterior(plan::Type::f32));
    EXPECT_FALSE(is_posterior(plan::Type::s16));
    std::array<std::uint8_t, 3> scores{};
    const std::array bytes{std::byte{0x80}, std::byte{0}, std::byte{0x7f}};
    scores_of(bytes, plan::Type::s8, scores);
    EXPECT_EQ(scores, (std::array<std::uint8_t, 3>{0, 128, 255}));
    scores_of(bytes, plan::Type::u8, scores);
    EXPECT_EQ(scores, (std::array<std::uint8_t, 3>{128, 0, 127}));
    const std::array floats{0.25F, 0.999F, 1.0F};
    scores_of(std::as_bytes(std::span(floats)), plan::Type::f32, scores);
    EXPECT_EQ(scores, (std::array<std::uint8_t, 3>{64, 255, 255}));
}

TEST(Posteriors, OfFloatsAreRoundedDownForEveryFloat) {
    for (std::uint32_t i = 0; i <= 4096; ++i) {
        const float x = static_cast<float>(i) / 4096;
        const auto wanted = std::min(255U, i / 16);
        EXPECT_EQ(score_of_float(std::bit_cast<std::uint32_t>(x)), wanted) << x;
    }
    using Limits = std::numeric_limits<float>;
    for (const float x :
         {-1.0F, -0.0F, Limits::quiet_NaN(), Limits::denorm_min(), -Limits::infinity()}) {
        EXPECT_EQ(score_of_float(std::bit_cast<std::uint32_t>(x)), 0) << x;
    }
    EXPECT_EQ(score_of_float(std::bit_cast<std::uint32_t>(Limits::infinity())), 255);
}

}  // namespace
}  // namespace verge::spotter
