#pragma once
// Whether a call makes sense, before a verb sees it: in the words of the command line.

#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/outcome.hpp"

namespace verge::apps {

/// The words behind the program's name: refused when the first names no verb of `app`, or when an
/// option that needs a value is followed by another option of the verb.
Done check_words(const CLI::App& app, std::span<const std::string> words);

/// A verb whose options are parsed: refuses empty values, one file that is read and written,
/// standard input read twice, and standard output written twice (with --json the answer is there).
Done check_call(const CLI::App& verb, bool wants_json);

/// Whether a file that the verb writes is standard output, which then holds nothing else.
[[nodiscard]] bool writes_standard_output(const CLI::App& verb);

/// What was wrong with the words, from what CLI11 says. `usage`: the usual call of the verb that
/// was named, empty when none was.
Error explain(const CLI::ParseError& error, const CLI::App& app, const std::string& usage);

}  // namespace verge::apps
