// The text form, read.

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "graph/constant_text.hpp"
#include "graph/text.hpp"
#include "graph/text_scan.hpp"

namespace verge::graph {
namespace {

/// What zeros, ones, fill and random may make in one text: a few characters could ask for all the
/// memory there is.
constexpr std::int64_t kMostGeneratedBytes = 64 << 20;
constexpr std::int64_t kMostDim = std::int64_t{1} << 40;

Error wanted(Scan& scan, std::string what) {
    return bad_input(scan.rest_for_message(), std::move(what));
}

Outcome<Type> parse_type(Scan& scan) {
    const std::string_view word = scan.word();
    for (int i = 1; i <= static_cast<int>(Type::s4); ++i) {
        if (word == type_name(static_cast<Type>(i))) {
            return static_cast<Type>(i);
        }
    }
    return bad_input("found type '" + std::string(word) + "'", "f32, s8, u8, s16, s32 ...");
}

/// "[a, b]"; each item by `parse_one`, which returns false when the word is none.
template <typename ParseOne>
Done parse_list(Scan& scan, const char* what, ParseOne parse_one) {
    if (!scan.take('[')) {
        return wanted(scan, "'[' and " + std::string(what));
    }
    if (scan.take(']')) {
        return done();
    }
    do {
        if (!parse_one(scan.word())) {
            return bad_input("an item in brackets is no such number", what);
        }
    } while (scan.take(','));
    return scan.take(']') ? done() : Done(wanted(scan, "',' or ']'"));
}

template <typename T>
auto integers_into(std::vector<T>& list, std::int64_t low, std::int64_t high) {
    return [&list, low, high](std::string_view word) {
        const auto value = parse_integer(word, low, high);
        list.push_back(static_cast<T>(value.value_or(0)));
        return value.has_value();
    };
}

auto int32s_into(std::vector<std::int32_t>& list) {
    return integers_into(list, std::numeric_limits<std::int32_t>::min(),
                         std::numeric_limits<std::int32_t>::max());
}

auto floats_into(std::vector<float>& list) {
    return [&list](std::string_view word) {
        const auto value = parse_float(word);
        list.push_back(value.value_or(0.0F));
        return value.has_value();
    };
}

/// One item without brackets, by the same function as a list's.
template <typename ParseOne>
Done parse_one(Scan& scan, const char* what, ParseOne parse) {
    return parse(scan.word()) ? done() : Done(bad_input("no such number", what));
}

Done parse_quantisation(Scan& scan, Quantisation& q) {
    if (scan.take_word("scale")) {
        VERGE_CHECK(parse_one(scan, "a scale", floats_into(q.scales)));
    } else if (scan.take_word("scales")) {
        VERGE_CHECK(parse_list(scan, "scales", floats_into(q.scales)));
    }
    if (scan.take_word("zero")) {
        VERGE_CHECK(parse_one(scan, "a zero point", int32s_into(q.zero_points)));
    } else if (scan.take_word("zeros")) {
        VERGE_CHECK(parse_list(scan, "zero points", int32s_into(q.zero_points)));
    }
    if (scan.take_word("axis")) {
        std::vector<std::int32_t> axis;
        VERGE_CHECK(parse_one(scan, "an axis", int32s_into(axis)));
        q.axis = axis[0];
    }
    return done();
}

Outcome<Value> parse_declaration(Scan& scan, std::string name, ValueKind kind) {
    Value value{.name = std::move(name),
                .type = Type::none,
                .dims = {},
                .quantisation = {},
                .kind = kind,
                .constant = {}};
    if (!scan.take(':')) {
        return wanted(scan, "':' and a type");
    }
    VERGE_ASSIGN(value.type, parse_type(scan));
    VERGE_CHECK(parse_list(scan, "dims", integers_into(value.dims, 0, kMostDim)));
    VERGE_CHECK(parse_quantisation(scan, value.quantisation));
    return value;
}

/// Bytes of a tensor; nothing above `most`.
std::optional<std::size_t> bytes_within(const Value& value, std::int64_t most) {
    std::int64_t bytes = plan::element_bytes(value.type);
    for (const std::int64_t dim : value.dims) {
        if (dim != 0 && bytes > most / dim) {
            return std::nullopt;
        }
        bytes *= dim;
    }
    return bytes > most
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(byte_count(value.type, value.dims)));
}

/// "(word)" behind random and fill.
Outcome<std::string> parse_argument(Scan& scan) {
    if (!scan.take('(')) {
        return wanted(scan, "'('");
    }
    std::string word(scan.word());
    if (!scan.take(')')) {
        return wanted(scan, "')'");
    }
    return word;
}

Done fill(const Value& value, std::string_view element, std::span<std::byte> bytes) {
    const auto count = static_cast<std::size_t>(element_count(value.dims));
    for (std::size_t i = 0; i < count; ++i) {
        if (!parse_element(element, value.type, bytes, i)) {
            return bad_input("'" + std::string(element) + "' is no element",
                             std::string(type_name(value.type)));
        }
    }
    return done();
}

Done parse_listed(Scan& scan, const Value& value, std::vector<std::byte>& bytes) {
    const auto count = static_cast<std::size_t>(element_count(value.dims));
    std::size_t next = 0;
    const auto take_element = [&](std::string_view word) {
        return next < count && parse_element(word, value.type, bytes, next++);
    };
    VERGE_CHECK(
        parse_list(scan, "as many elements as the dims say, each of its type", take_element));
    if (next != count) {
        return bad_input(std::to_string(next) + " elements", std::to_string(count));
    }
    return done();
}

Done parse_generated(Scan& scan, const Value& value, std::vector<std::byte>& bytes) {
    if (scan.take_word("zeros")) {
        return done();
    }
    if (scan.take_word("ones")) {
        return fill(value, value.type == Type::f16 ? "0x3c00" : "1", bytes);
    }
    if (scan.take_word("fill")) {
        VERGE_ASSIGN(const std::string element, parse_argument(scan));
        return fill(value, element, bytes);
    }
    if (scan.take_word("random")) {
        VERGE_ASSIGN(const std::string argument, parse_argument(scan));
        const auto seed = parse_integer(argument, 0, 0xffffffff);
        if (!seed) {
            return bad_input("'" + argument + "' is no seed", "0 ... 4294967295");
        }
        fill_random(static_cast<std::uint32_t>(*seed), value.type, bytes,
                    static_cast<std::size_t>(element_count(value.dims)));
        return done();
    }
    if (scan.take_word("hash")) {
        return bad_input("the elements were printed as a hash", "elements",
                         "print the graph in full");
    }
    return wanted(scan, "'[', zeros, ones, fill(value) or random(seed)");
}

/// A nibble of a hex digit, or 16.
unsigned hex_digit(char c) {
    const std::string_view digits = "0123456789abcdef";
    return static_cast<unsigned>(std::min(digits.find(c), std::size_t{16}));
}

Done parse_bytes(Scan& scan, std::vector<std::byte>& bytes) {
    const std::string_view word = scan.word();
    bytes.clear();
    for (std::size_t i = 0; i + 1 < word.size(); i += 2) {
        const unsigned high = hex_digit(word[i]);
        const unsigned low = hex_digit(word[i + 1]);
        if (high > 15 || low > 15) {
            break;
        }
        bytes.push_back(static_cast<std::byte>(high << 4U | low));
    }
    return bytes.size() * 2 == word.size()
               ? done()
               : Done(bad_input("bytes '" + std::string(word) + "'", "hex digits in pairs"));
}

Done parse_member(Scan& scan, const Field& field, std::vector<std::byte>& attributes) {
    std::vector<std::int32_t> integers;
    std::vector<float> floats;
    const bool is_float = field.kind == Field::Kind::f32;
    const auto parse = [&](std::string_view word) {
        return is_float ? floats_into(floats)(word) : int32s_into(integers)(word);
    };
    if (field.count == 1) {
        VERGE_CHECK(parse_one(scan, is_float ? "a float" : "a 32-bit integer", parse));
    } else {
        VERGE_CHECK(parse_list(scan, is_float ? "floats" : "32-bit integers", parse));
    }
    const std::size_t count = is_float ? floats.size() : integers.size();
    if (count != field.count) {
        return bad_input(std::to_string(count) + " items", std::to_string(field.count));
    }
    const void* from = is_float ? static_cast<const void*>(floats.data()) : integers.data();
    std::memcpy(attributes.data() + field.offset, from, count * 4);
    return done();
}

Done parse_attributes(Scan& scan, const OperatorText& op, std::vector<std::byte>& attributes) {
    attributes.assign(op.attribute_bytes(), std::byte{0});
    if (!scan.take('{') || scan.take('}')) {
        return done();
    }
    do {
        const std::string name(scan.word());
        const auto field = std::ranges::find(op.fields, name, &Field::name);
        if (!scan.take('=')) {
            return wanted(scan, "attribute=value");
        }
        if (name == "bytes") {
            VERGE_CHECK(parse_bytes(scan, attributes));
            break;
        }
        if (field == op.fields.end()) {
            return bad_input(std::string(op.name) + " has no attribute '" + name + "'");
        }
        if (auto parsed = parse_member(scan, *field, attributes); !parsed.ok()) {
            return std::move(parsed).error().within(name);
        }
    } while (scan.take(','));
    return scan.take('}') ? done() : Done(wanted(scan, "',' or '}'"));
}

class Parser {
public:
    explicit Parser(std::span<const OperatorText> operators) : operators_(operators) {}

    Done parse_line(std::string_view line) {
        Scan scan(line);
        if (scan.at_end() || scan.take('#')) {
            return done();
        }
        VERGE_CHECK(parse_statement(scan));
        return scan.at_end() ? done() : Done(wanted(scan, "the end of the line"));
    }

    Graph take() { return std::move(graph_); }

private:
    Done parse_statement(Scan& scan) {
        if (scan.take_word("graph")) {
            return parse_name(scan, graph_.name);
        }
        if (scan.take_word("meta")) {
            auto& [key, value] = graph_.metadata.emplace_back();
            VERGE_CHECK(parse_name(scan, key));
            return parse_name(scan, value);
        }
        if (scan.take_word("input")) {
            VERGE_ASSIGN(const ValueId id, declare(scan, ValueKind::activation));
            graph_.inputs.push_back(id);
            return done();
        }
        if (scan.take_word("const")) {
            return parse_constant(scan, ValueKind::constant);
        }
        if (scan.take_word("state")) {
            return parse_constant(scan, ValueKind::state);
        }
        if (scan.take_word("output")) {
            return parse_values(scan, graph_.outputs);
        }
        return parse_node(scan);
    }

    static Done parse_name(Scan& scan, std::string& name) {
        auto found = scan.name();
        if (!found) {
            return wanted(scan, "a name");
        }
        name = std::move(*found);
        return done();
    }

    /// The name, and with its place the key by which the text knows the value.
    static Outcome<std::pair<std::string, std::string>> parse_key(Scan& scan) {
        std::string name;
        VERGE_CHECK(parse_name(scan, name));
        std::string key = quote(name);
        if (scan.take('%')) {
            key += '%';
            key += scan.word();
        }
        return std::pair(std::move(name), std::move(key));
    }

    Outcome<ValueId> declare(Scan& scan, ValueKind kind) {
        VERGE_ASSIGN(auto named, parse_key(scan));
        return declare_as(scan, std::move(named), kind);
    }

    Outcome<ValueId> declare_as(Scan& scan,
                                std::pair<std::string, std::string> named,
                                ValueKind kind) {
        VERGE_ASSIGN(Value value, parse_declaration(scan, std::move(named.first), kind));
        if (known_.contains(named.second)) {
            return bad_input("a second " + named.second, "names that are used once");
        }
        const ValueId id = graph_.add(std::move(value));
        known_.emplace(std::move(named.second), id);
        return id;
    }

    Done parse_constant(Scan& scan, ValueKind kind) {
        VERGE_ASSIGN(const ValueId id, declare(scan, kind));
        Value& value = graph_[id];
        const auto size = bytes_within(value, kMostGeneratedBytes - generated_);
        if (!size) {
            return bad_input("constants of more than 64 MiB", "fewer or smaller constants");
        }
        if (!scan.take('=')) {
            return wanted(scan, "'=' and elements");
        }
        generated_ += static_cast<std::int64_t>(*size);
        std::vector<std::byte> bytes(*size);
        Scan listed = scan;
        if (listed.take('[')) {
            VERGE_CHECK(parse_listed(scan, value, bytes));
        } else {
            VERGE_CHECK(parse_generated(scan, value, bytes));
        }
        const bool is_zero =
            std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
        value.constant =
            kind == ValueKind::state && is_zero ? Constant() : Constant(std::move(bytes));
        return done();
    }

    Outcome<ValueId> parse_use(Scan& scan) {
        VERGE_ASSIGN(const auto named, parse_key(scan));
        const auto found = known_.find(named.second);
        if (found == known_.end()) {
            return bad_input(named.second + " is not declared above");
        }
        return found->second;
    }

    /// a, _, b
    Done parse_values(Scan& scan, std::vector<ValueId>& values) {
        do {
            if (scan.take_word("_")) {
                values.push_back(kNoValue);
                continue;
            }
            VERGE_ASSIGN(const ValueId id, parse_use(scan));
            values.push_back(id);
        } while (scan.take(','));
        return done();
    }

    /// A new activation with its type, or a state by its name.
    Done parse_outputs(Scan& scan, Node& node) {
        do {
            VERGE_ASSIGN(auto named, parse_key(scan));
            const auto found = known_.find(named.second);
            if (found != known_.end() && graph_[found->second].kind == ValueKind::state) {
                node.outputs.push_back(found->second);
                continue;
            }
            VERGE_ASSIGN(const ValueId id,
                         declare_as(scan, std::move(named), ValueKind::activation));
            node.outputs.push_back(id);
        } while (scan.take(','));
        return scan.take('=') ? done() : Done(wanted(scan, "'=' and an operator"));
    }

    /// Inputs are read after the outputs are declared: a node that reads itself is for verify().
    Done parse_node(Scan& scan) {
        Node node;
        if (!scan.take('=')) {
            VERGE_CHECK(parse_outputs(scan, node));
        }
        const std::string name(scan.word());
        const auto op = std::ranges::find(operators_, name, &OperatorText::name);
        if (op == operators_.end()) {
            return bad_input("there is no operator '" + name + "'");
        }
        node.op = op->id;
        if (!scan.take('(')) {
            return wanted(scan, "'(' and operands");
        }
        if (!scan.take(')')) {
            VERGE_CHECK(parse_values(scan, node.inputs));
            if (!scan.take(')')) {
                return wanted(scan, "',' or ')'");
            }
        }
        VERGE_CHECK(parse_attributes(scan, *op, node.attributes));
        if (scan.take_word("named")) {
            VERGE_CHECK(parse_name(scan, node.name));
        }
        graph_.nodes.push_back(std::move(node));
        return done();
    }

    std::span<const OperatorText> operators_;
    Graph graph_;
    std::map<std::string, ValueId> known_;
    std::int64_t generated_ = 0;
};

}  // namespace

Outcome<Graph> parse(std::string_view text, std::span<const OperatorText> operators) {
    Parser parser(operators);
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (auto parsed = parser.parse_line(text.substr(0, end)); !parsed.ok()) {
            return std::move(parsed).error().within("line " + std::to_string(line));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parser.take();
}

}  // namespace verge::graph
