// verge eval: how right a model is on a list of labelled files.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "apps/verge/eval/labels.hpp"
#include "apps/verge/eval/metrics.hpp"
#include "apps/verge/eval/preprocess.hpp"
#include "apps/verge/eval/runners.hpp"
#include "apps/verge/eval/scores.hpp"
#include "apps/verge/options.hpp"
#include "apps/verge/verb.hpp"
#include "formats/csv/data_list.hpp"
#include "platform/clock.hpp"
#include "platform/file.hpp"
#include "platform/progress.hpp"

namespace verge::apps {
namespace {

struct Options {
    std::string model;
    std::string data;
    std::string metric;
    std::string preprocess = "raw";
    std::string labels;
    std::string score;
    std::size_t samples = 0;  // 0: all rows
    bool quantises = false;
    RunnerChoice runner;
};

/// What the options mean, once they are understood.
struct Task {
    Metric metric;
    bool scores_error = false;  // auc by the reconstruction error
    std::size_t score_index = 0;
    Labels labels;
    SampleOptions sample;
};

/// What was counted so far.
struct Tally {
    std::size_t rows = 0;
    std::size_t correct = 0;
    Confusion confusion;
    std::vector<ScoredLabel> scored;
    std::vector<std::uint64_t> costs;
    bool counts_instructions = false;
};

Outcome<std::vector<csv::DataRow>> read_rows(const Options& options) {
    VERGE_ASSIGN(const std::string text, platform::read_text_file(options.data));
    const std::string folder =
        std::filesystem::path(options.data == "-" ? "" : options.data).parent_path().string();
    auto rows = csv::read_data_list(text, folder);
    if (!rows.ok()) {
        return std::move(rows).error().within(options.data);
    }
    if (options.samples == 0 || options.samples >= rows.value().size()) {
        return rows;
    }
    std::vector<csv::DataRow> chosen;
    for (std::size_t i = 0; i < options.samples; ++i) {
        chosen.push_back(rows.value()[i * rows.value().size() / options.samples]);
    }
    return chosen;
}

/// One name for each class; of what auc ranks, also one for each of the labels 0 and 1.
Done check_labels(const Task& task, std::size_t classes, const Options& options) {
    const std::size_t names = task.labels.size();
    const std::size_t wanted = std::max<std::size_t>(classes, 2);
    const bool is_ranked = task.metric.kind == MetricKind::auc;
    if (names == 0 || names == wanted || (is_ranked && names == 2)) {
        return done();
    }
    return bad_input(std::to_string(names) + " names for " + std::to_string(wanted) + " classes",
                     "one name for each class of the model", "check that the list is the model's")
        .within(options.labels);
}

Outcome<Task> task_of(const Options& options, const ModelRunner& runner) {
    Task task;
    VERGE_ASSIGN(task.metric, parse_metric(options.metric));
    VERGE_ASSIGN(task.sample.preprocess, parse_preprocess(options.preprocess));
    task.sample.read.quantises = options.quantises;
    if (!options.labels.empty()) {
        VERGE_ASSIGN(const std::string text, platform::read_text_file(options.labels));
        auto labels = Labels::parse(text);
        if (!labels.ok()) {
            return std::move(labels).error().within(options.labels);
        }
        task.labels = std::move(labels).value();
    }
    if (runner.outputs().size() != 1) {
        return bad_input("a model of " + std::to_string(runner.outputs().size()) + " outputs",
                         "one output of scores", "`verge run` writes all outputs");
    }
    const std::size_t classes = element_count(runner.outputs()[0]);
    VERGE_CHECK(check_labels(task, classes, options));
    task.scores_error = options.score == "mse";
    task.sample.takes_windows = task.scores_error;
    task.score_index = classes == 2 ? 1 : 0;
    if (task.scores_error &&
        (runner.inputs().size() != 1 || element_count(runner.inputs()[0]) != classes)) {
        return bad_input("--score mse for a model whose output is not as large as its input",
                         "an autoencoder");
    }
    if (!options.score.empty() && !task.scores_error) {
        VERGE_ASSIGN(task.score_index, Labels().class_of(options.score));
    }
    if (task.score_index >= classes) {
        return bad_input("--score " + options.score,
                         "mse, or an index below " + std::to_string(classes));
    }
    return task;
}

Outcome<std::vector<float>> scores_of(ModelRunner& runner, const Tensors& inputs, Tally& tally) {
    VERGE_ASSIGN(const ModelRun run, runner.run(inputs));
    tally.costs.push_back(run.cost);
    return reals_of(runner.outputs()[0], run.outputs[0]);
}

/// The area is computed at the end; here the score of this row.
Done add_scored(ModelRunner& runner,
                const std::vector<Tensors>& windows,
                const Task& task,
                std::size_t label,
                Tally& tally) {
    if (label > 1) {
        return bad_input("the label " + std::to_string(label),
                         "0 (normal) or 1 (what is looked for)");
    }
    double sum = 0;
    for (const Tensors& inputs : windows) {
        VERGE_ASSIGN(const std::vector<float> scores, scores_of(runner, inputs, tally));
        sum += task.scores_error
                   ? mean_squared_error(reals_of(runner.inputs()[0], inputs[0]), scores)
                   : static_cast<double>(scores[task.score_index]);
    }
    tally.scored.push_back({sum / static_cast<double>(windows.size()), label == 1});
    return done();
}

Done add_classified(
    ModelRunner& runner, const Tensors& inputs, const Task& task, std::size_t label, Tally& tally) {
    VERGE_ASSIGN(const std::vector<float> scores, scores_of(runner, inputs, tally));
    const std::size_t classes = std::max<std::size_t>(scores.size(), 2);
    if (label >= classes) {
        return bad_input("the label " + std::to_string(label),
                         "a class of the model's " + std::to_string(classes));
    }
    const std::size_t predicted = predicted_class(scores);
    const std::vector<std::size_t> best = best_classes(scores, task.metric.top);
    const bool is_right = task.metric.top == 1 || scores.size() == 1
                              ? predicted == label
                              : std::ranges::find(best, label) != best.end();
    tally.confusion.add(label, predicted);
    tally.correct += is_right ? 1 : 0;
    return done();
}

Done add_row(ModelRunner& runner, const csv::DataRow& row, const Task& task, Tally& tally) {
    VERGE_ASSIGN(const std::size_t label, task.labels.class_of(row.label));
    VERGE_ASSIGN(const std::vector<Tensors> windows,
                 read_sample(runner.inputs(), row.file, task.sample));
    ++tally.rows;
    runner.reset();
    return task.metric.kind == MetricKind::auc
               ? add_scored(runner, windows, task, label, tally)
               : add_classified(runner, windows[0], task, label, tally);
}

Outcome<double> value_of(const Tally& tally, const Metric& metric) {
    switch (metric.kind) {
        case MetricKind::auc:
            return area_under_curve(tally.scored);
        case MetricKind::f1:
            return tally.confusion.macro_f1();
        default:
            return static_cast<double>(tally.correct) / static_cast<double>(tally.rows);
    }
}

std::uint64_t middle(std::vector<std::uint64_t> values) {
    const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, half);
    return *half;
}

std::string rounded(double value, int digits) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string text_of(const Json& json) {
    const std::string correct =
        json["correct"].is_null()
            ? ""
            : std::to_string(json["correct"].get<std::size_t>()) + " right of ";
    const std::string cost =
        json["latency_ms"].is_null()
            ? grouped(json["instructions"].get<std::uint64_t>()) + " instructions"
            : rounded(json["latency_ms"].get<double>(), 3) + " ms";
    return json["metric"].get<std::string>() + " " + rounded(json["value"].get<double>(), 4) +
           " (" + correct + std::to_string(json["rows"].get<std::size_t>()) + " rows), median " +
           cost + " a run\n";
}

Outcome<Answer> answer_of(const Tally& tally, const Task& task, const Options& options) {
    const auto value = value_of(tally, task.metric);
    if (!value.ok()) {
        return Error(value.error()).within(options.data);
    }
    const bool is_auc = task.metric.kind == MetricKind::auc;
    Json classes = Json::array();
    for (const std::size_t index : tally.confusion.classes()) {
        classes.push_back(task.labels.name_of(index));
    }
    Answer answer;
    answer.json = {{"metric", options.metric},
                   {"value", value.value()},
                   {"rows", tally.rows},
                   {"correct", is_auc ? Json() : Json(tally.correct)},
                   {"classes", is_auc ? Json() : classes},
                   {"confusion", is_auc ? Json() : Json(tally.confusion.matrix())},
                   {"latency_ms", Json()}};
    if (tally.counts_instructions) {
        answer.json["instructions"] = middle(tally.costs);
    } else {
        answer.json["latency_ms"] = static_cast<double>(middle(tally.costs)) * 1e-6;
    }
    answer.text = text_of(answer.json);
    return answer;
}

Outcome<Answer> act(const Options& options) {
    VERGE_ASSIGN(const Metric metric, parse_metric(options.metric));
    if (!options.score.empty() && metric.kind != MetricKind::auc) {
        return bad_input("--score with --metric " + options.metric, "--metric auc",
                         "leave --score out: only auc orders by one score");
    }
    VERGE_CHECK(parse_preprocess(options.preprocess));
    VERGE_ASSIGN(const std::vector<csv::DataRow> rows, read_rows(options));
    VERGE_ASSIGN(const std::unique_ptr<ModelRunner> runner,
                 open_runner(options.model, options.runner));
    VERGE_ASSIGN(const Task task, task_of(options, *runner));
    const platform::MonotonicClock clock;
    platform::Progress progress("scoring", rows.size(), platform::standard_error_sink(clock));
    Tally tally;
    tally.counts_instructions = runner->counts_instructions();
    for (const csv::DataRow& row : rows) {
        Done added = add_row(*runner, row, task, tally);
        if (!added.ok()) {
            return std::move(added).error().within(options.data + ":" + std::to_string(row.line));
        }
        progress.update(tally.rows);
    }
    return answer_of(tally, task, options);
}

}  // namespace

std::function<Outcome<Answer>()> prepare_eval(CLI::App& app) {
    auto options = std::make_shared<Options>();
    add_model(app, options->model, "a .tflite file or a plan");
    app.add_option("--data", options->data, "a CSV list with the header file,label")
        ->required()
        ->type_name(kReads)
        ->group("Data");
    app.add_option("--metric", options->metric,
                   "top1, top5 (or another number), auc, or f1 (mean over classes)")
        ->required()
        ->type_name("NAME")
        ->group("Data");
    app.add_option("--samples", options->samples,
                   "only this many rows, spread evenly over the list (default: all)")
        ->check(whole_number(1, std::numeric_limits<std::size_t>::max()))
        ->type_name("N")
        ->group("Data");
    app.add_option("--labels", options->labels,
                   "names of the classes, one a line, where the list has names")
        ->type_name(kReads)
        ->group("Data");
    app.add_option("--preprocess", options->preprocess, preprocess_help())
        ->type_name("SPEC")
        ->default_str("raw")
        ->group("Data");
    app.add_flag("--quantize-inputs", options->quantises, "convert float data by the model's scale")
        ->group("Data");
    app.add_option("--score", options->score,
                   "what auc orders by: an index of the output (of two: 1), or mse: the mean "
                   "squared error between input "
                   "and output, averaged over the inputs that a file holds")
        ->type_name("WHAT")
        ->group("Data");
    add_session_options(app, options->runner.session);
    app.add_option("--board", options->runner.board, "run on this emulated board instead")
        ->type_name("NAME")
        ->excludes(app.get_option("--runtime"))
        ->excludes(app.get_option("--threads"))
        ->excludes(app.get_option("--cpu"))
        ->group("Running");
    return [options] { return act(*options); };
}

}  // namespace verge::apps
